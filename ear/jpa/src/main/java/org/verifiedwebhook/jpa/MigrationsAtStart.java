package org.verifiedwebhook.jpa;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Runs the {@link Migrations} when the application starts, before anything else asks the database. */
@ApplicationScoped
class MigrationsAtStart {

    private static final String DATA_SOURCE = "java:app/jdbc/webhook";

    void run(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class)
                    Object event) {
        new Migrations(dataSource(), Thread.currentThread().getContextClassLoader()).run();
    }

    @SuppressWarnings("BanJNDI") // A fixed name; not @Resource, whose failure names no cure.
    private static DataSource dataSource() {
        try {
            return InitialContext.doLookup(DATA_SOURCE);
        } catch (NamingException e) {
            throw new IllegalStateException(
                    "there is no data source " + DATA_SOURCE + ": define it in the application, by"
                            + " @DataSourceDefinition with ConfiguredDataSource for instance",
                    e);
        }
    }
}
