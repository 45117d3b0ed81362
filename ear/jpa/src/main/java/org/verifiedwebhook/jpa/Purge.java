package org.verifiedwebhook.jpa;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Deletes forgotten deliveries, and makes the file of an embedded database small, every minute while the application
 * runs.
 */
final class Purge implements ServletContextListener {

    private static final Logger LOG = System.getLogger(Purge.class.getName());
    /** Payara keeps a task that was cancelled, and with it the application that has ended, until it would have run. */
    private static final long EVERY_SECONDS = 60;
    /** So that a backlog does not keep a thread for long; the rest has time. */
    private static final int BATCHES = 200;

    private final DataSource dataSource;
    private Future<?> task;
    private boolean ended;

    /** @param dataSource of the deliveries */
    Purge(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Instance<JpaDeliveryStore> store = CDI.current().select(JpaDeliveryStore.class);
        if (store.isResolvable()) {
            JpaDeliveryStore deliveries = store.get();
            Optional<H2File> embedded = embedded();
            Runnable tidying = () -> {
                run(deliveries);
                embedded.ifPresent(this::compact);
            };
            task = executor().scheduleWithFixedDelay(tidying, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
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
            LOG.log(Level.WARNING, "forgotten deliveries could not be deleted; tried again in a minute", e);
        }
    }

    private Optional<H2File> embedded() {
        try {
            return DataSourceChoice.standard().isEmbedded()
                    ? H2File.of(dataSource, H2Location.standard())
                    : Optional.empty();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "not an embedded database of the settings, as far as can be told", e);
            return Optional.empty();
        }
    }

    /** Not beside the end of the application: this opens the database anew, which another may want by then. */
    private synchronized void compact(H2File file) {
        if (ended) {
            return;
        }
        try {
            file.compact();
        } catch (SQLException | RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "the file of the H2 database could not be made small; tried again in a minute", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (task != null) {
            task.cancel(false);
        }
        end();
    }

    private synchronized void end() {
        ended = true;
    }
}
