package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.verifiedwebhook.WebhookGate;

/**
 * Leaves the application's gate where the servlet filter looks for one, so that both doorways share it, and shows its
 * counters in JMX.
 */
final class GatePublisher implements ServletContextListener {

    private Runnable hideCounters = () -> {};

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Instance<ApplicationGate> found = CDI.current().select(ApplicationGate.class);
        if (found.isUnsatisfied()) {
            // This library is where the application's CDI does not look: endpoints could not have been deployed either.
            return;
        }
        ApplicationGate application = found.get();
        application.checkSecrets();
        application.checkEndpoints();
        event.getServletContext().setAttribute(WebhookGate.class.getName(), application.gate());
        hideCounters =
                application.gate().publishCounters(event.getServletContext().getContextPath());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        hideCounters.run();
    }
}
