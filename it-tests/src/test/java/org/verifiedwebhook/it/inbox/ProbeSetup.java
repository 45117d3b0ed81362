package org.verifiedwebhook.it.inbox;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.jpa.TenantSecrets;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.servlet.WebhookFilter;

/** An endpoint of a sender {@code probe} that is a filter and nothing else. */
@WebListener
public class ProbeSetup implements ServletContextListener {

    public static final String SECRET = "probe-secret-of-the-integration-tests";

    @Inject
    TenantSecrets secrets;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (secrets.list("probe", Optional.empty()).isEmpty()) {
            secrets.add("probe", Optional.empty(), Secret.ofText("probe", SECRET));
        }
        FilterRegistration.Dynamic filter = event.getServletContext().addFilter("probe", WebhookFilter.class);
        filter.setInitParameters(Map.of("sender", "probe", "acknowledge", "inbox"));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/hooks/probe/*");
    }
}
