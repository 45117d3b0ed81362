package org.verifiedwebhook.jpa;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Deletes forgotten deliveries every few minutes while the application runs. */
final class Purge implements ServletContextListener {

    private static final Logger LOG = System.getLogger(Purge.class.getName());
    private static final long EVERY_SECONDS = 300;
    /** So that a backlog does not keep a thread for long; the rest has time. */
    private static final int BATCHES = 200;

    private Future<?> task;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Instance<JpaDeliveryStore> store = CDI.current().select(JpaDeliveryStore.class);
        if (store.isResolvable()) {
            JpaDeliveryStore deliveries = store.get();
            task = executor().scheduleWithFixedDelay(() -> run(deliveries), 60, EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    @SuppressWarnings("BanJNDI") // A fixed name.
    private static ManagedScheduledExecutorService executor() {
        try {
            return InitialContext.doLookup("java:comp/DefaultManagedScheduledExecutorService");
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no default managed scheduled executor service", e);
        }
    }

    static void run(JpaDeliveryStore deliveries) {
        try {
            int rows = 0;
            int batch = JpaDeliveryStore.PURGE_BATCH;
            for (int i = 0; i < BATCHES && batch == JpaDeliveryStore.PURGE_BATCH; i++) {
                batch = deliveries.purge();
                rows += batch;
            }
            if (rows > 0) {
                LOG.log(Level.DEBUG, "{0} deliveries forgotten", rows);
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule.
            LOG.log(Level.WARNING, "forgotten deliveries could not be deleted; tried again in a few minutes", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
