package org.verifiedwebhook.jpa;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.verifiedwebhook.secret.SecretProvider;

/** The sample's own persistence unit over a new, migrated database, without a server. */
public final class TestStore implements AutoCloseable {

    private static EmbeddedPostgres server;

    private final SecretCipher cipher = new SecretCipher(new MasterKeys(key ->
            key.equals("key") ? Optional.of(Base64.getEncoder().encodeToString(new byte[32])) : Optional.empty()));
    private final EntityManagerFactory unit;

    private TestStore(String provider, DataSource dataSource) {
        new Migrations(dataSource, TestStore.class.getClassLoader()).run();
        unit = Persistence.createEntityManagerFactory(
                "webhook",
                Map.of(
                        "jakarta.persistence.provider",
                        provider,
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource",
                        dataSource,
                        "jakarta.persistence.nonJtaDataSource",
                        dataSource,
                        // As strict as WildFly.
                        "hibernate.jpa.compliance",
                        true,
                        "eclipselink.logging.level",
                        "WARNING"));
    }

    public static TestStore h2(String provider) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new TestStore(provider, dataSource);
    }

    /** One database for the test run: use it from one class. */
    public static synchronized TestStore postgresql(String provider) {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
            }
            return new TestStore(provider, server.getPostgresDatabase());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> T inTransaction(Function<EntityManager, T> work) {
        try (EntityManager entities = unit.createEntityManager()) {
            entities.getTransaction().begin();
            T result = work.apply(entities);
            entities.getTransaction().commit();
            return result;
        }
    }

    public TenantSecrets secrets(EntityManager entities) {
        return new TenantSecrets(entities, cipher, Clock.systemUTC());
    }

    public SecretProvider provider(EntityManager entities, boolean demo) {
        return new JpaSecretProvider(entities, cipher, Clock.systemUTC(), () -> demo);
    }

    @Override
    public void close() {
        unit.close();
    }
}
