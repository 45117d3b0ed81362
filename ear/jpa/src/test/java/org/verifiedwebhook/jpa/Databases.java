package org.verifiedwebhook.jpa;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Empty databases for tests, and both persistence providers over them. */
final class Databases {

    static final String ECLIPSELINK = "org.eclipse.persistence.jpa.PersistenceProvider";
    static final String HIBERNATE = "org.hibernate.jpa.HibernatePersistenceProvider";

    private static EmbeddedPostgres server;

    private Databases() {}

    static DataSource h2() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    static synchronized DataSource postgresql() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
            }
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = server.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute("create database " + name);
            }
            return server.getDatabase("postgres", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static EntityManagerFactory unit(String provider, DataSource dataSource) {
        return Persistence.createEntityManagerFactory(
                "webhook",
                Map.of(
                        "jakarta.persistence.provider",
                        provider,
                        "jakarta.persistence.nonJtaDataSource",
                        dataSource,
                        // As strict as WildFly.
                        "hibernate.jpa.compliance",
                        true,
                        "eclipselink.session.customizer",
                        EclipseLinkConnections.class.getName(),
                        "eclipselink.logging.level",
                        "WARNING"));
    }
}
