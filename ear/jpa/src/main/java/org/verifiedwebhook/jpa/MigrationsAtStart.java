package org.verifiedwebhook.jpa;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Refuses a database that is not {@linkplain Durability durable} and runs the {@link Migrations} when the application
 * starts, outside of any transaction and before anything of it can ask the database: initializers come before
 * listeners, filters and servlets. (CDI's start event comes before there is a naming context on Payara, and its servlet
 * variant does not reach the observers of libraries.) A failure stops the deployment. Public because the service loader
 * makes it.
 */
public final class MigrationsAtStart implements ServletContainerInitializer {

    private static final String DATA_SOURCE = "java:app/jdbc/webhook";

    @Override
    public void onStartup(Set<Class<?>> ignored, ServletContext context) {
        DataSource dataSource = dataSource();
        Durability.require(dataSource);
        new Migrations(dataSource, context.getClassLoader()).run();
        context.addListener(new Purge(dataSource));
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
