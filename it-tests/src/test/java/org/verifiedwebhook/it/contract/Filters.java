package org.verifiedwebhook.it.contract;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.List;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.servlet.WebhookFilter;

/** Registers a filter for each sender but Zorio, whose filter stands in {@code web.xml}. */
@WebListener
public class Filters implements ServletContextListener {

    private static final List<String> SENDERS = List.of(
            "edgvoip",
            "chaindoc",
            "chaindoc-v2",
            "cloudonix-status",
            "cloudonix-voice",
            "cloudonix-cdr",
            "signalwire",
            "strict");

    @Override
    public void contextInitialized(ServletContextEvent event) {
        WebhookGate gate = WebhookGate.builder()
                .deliveries(new Deliveries())
                .tenants(new Tenants())
                .build();
        for (String sender : SENDERS) {
            FilterRegistration.Dynamic filter = event.getServletContext()
                    .addFilter("webhook-" + sender, new WebhookFilter(gate, sender, Assurance.IDENTIFIED));
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/hooks/" + sender);
        }
    }
}
