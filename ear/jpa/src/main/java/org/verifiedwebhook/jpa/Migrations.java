package org.verifiedwebhook.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Makes the tables and brings them up to date. */
final class Migrations {

    private static final String OURS = "classpath:org/verifiedwebhook/jpa/migration";
    private static final String OF_APPLICATION = "classpath:META-INF/webhook-migrations";

    private final DataSource dataSource;
    private final ClassLoader application;

    Migrations(DataSource dataSource, ClassLoader application) {
        this.dataSource = dataSource;
        this.application = Optional.ofNullable(application).orElse(Migrations.class.getClassLoader());
    }

    /**
     * Runs what has not run yet: our scripts, then the application's. Two histories, so that neither has to leave room
     * in the other's numbers. Several nodes may start at once: the database's lock lets one of them work.
     *
     * @throws IllegalStateException if a script fails, or one that ran was changed since
     */
    void run() {
        Map<String, String> types = Map.of("binary", binaryType());
        migrate(Migrations.class.getClassLoader(), OURS, "webhook_schema_history", types);
        migrate(application, OF_APPLICATION, "webhook_application_schema_history", Map.of());
    }

    /** The type of a column for bytes, where the two databases have no name in common. */
    private String binaryType() {
        try (Connection connection = dataSource.getConnection()) {
            String database = connection.getMetaData().getDatabaseProductName();
            return database.equals("PostgreSQL") ? "bytea" : "blob";
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached: " + e.getMessage(), e);
        }
    }

    private void migrate(ClassLoader loader, String location, String history, Map<String, String> placeholders) {
        try {
            Flyway.configure(loader)
                    .dataSource(dataSource)
                    .locations(location)
                    .table(history)
                    .placeholders(placeholders)
                    // The schema may hold other tables, those of the first run at least.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "the database cannot be brought up to date with " + location + ": " + e.getMessage(), e);
        }
    }
}
