package org.verifiedwebhook.jpa;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.verifiedwebhook.inbox.OnWebhook;

/**
 * Starts and stops the inbox with the application, and refuses one whose handlers CDI does not know: the servlet container
 * hands over every class with the annotation. Public because the service loader makes it.
 */
@HandlesTypes(OnWebhook.class)
public final class InboxAtStart implements ServletContainerInitializer {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook.inbox");
    private static final String DONE = InboxAtStart.class.getName();

    /** Made by the container. */
    public InboxAtStart() {}

    @Override
    public void onStartup(Set<Class<?>> found, ServletContext context) throws ServletException {
        // The library may be in an EAR's lib and in the WAR as well.
        if (context.getAttribute(DONE) != null) {
            return;
        }
        context.setAttribute(DONE, true);
        InboxExtension extension = CDI.current().getBeanManager().getExtension(InboxExtension.class);
        List<String> faults = found == null
                ? List.of()
                : found.stream()
                        .filter(type -> !type.isInterface() && !Modifier.isAbstract(type.getModifiers()))
                        .filter(type -> !InboxMethods.in(type).isEmpty() && !extension.isBean(type))
                        .sorted(Comparator.comparing(Class::getName))
                        .map(type ->
                                type.getName() + " has an @OnWebhook method and is no CDI bean, so that nobody would"
                                        + " call it: add @ApplicationScoped to the class")
                        .toList();
        if (!faults.isEmpty()) {
            throw new ServletException(InboxExtension.message(faults));
        }
        context.addListener(new Life());
    }

    /** After the migrations, which an initializer runs; before filters, which may find the inbox wanting. */
    private static final class Life implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            inbox().stream().forEach(JpaInbox::start);
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            try {
                for (JpaInbox inbox : inbox()) {
                    inbox.stop();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the inbox did not stop; leases end by themselves", e);
            }
        }

        private static Instance<JpaInbox> inbox() {
            return CDI.current().select(JpaInbox.class);
        }
    }
}
