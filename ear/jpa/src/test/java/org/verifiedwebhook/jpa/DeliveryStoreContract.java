package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryKeys;

/** What the durable memory of deliveries promises, on every database and with every persistence provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00.123Z");

    private DataSource dataSource;
    private EntityManagerFactory unit;

    abstract DataSource emptyDatabase();

    abstract String provider();

    @BeforeAll
    void migrate() {
        dataSource = emptyDatabase();
        new Migrations(dataSource, getClass().getClassLoader()).run();
        unit = Databases.unit(provider(), dataSource);
    }

    @AfterAll
    void close() {
        unit.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute("delete from webhook_delivery");
        }
    }

    @Test
    void everyByteOfAnAnswer_comesBack() {
        byte[] body = new byte[3 << 20];
        new Random(1).nextBytes(body);
        Answer answer = Answer.of(201, Map.of("Content-Type", "a/b; c=\"\u00e9\"", "X", "\u0000\n,:"), body);
        DeliveryKeys keys = new DeliveryKeys(
                "s".repeat(100), "acme\u0000\ud800" + "\ud83d\ude00".repeat(300), "f", Optional.of("i"));
        StoredDelivery row = new StoredDelivery(keys, 7, NOW, NOW.plusSeconds(1), NOW.plusSeconds(2)).done(answer);

        transaction(entities -> {
            entities.persist(row);
            return null;
        });

        StoredDelivery found = transaction(entities -> entities.find(StoredDelivery.class, row.id()));
        assertEquals(201, found.answer().status());
        assertEquals(answer.headers(), found.answer().headers());
        assertArrayEquals(body, found.answer().body());
        assertEquals(NOW.plusSeconds(2), found.forgetAt());
        assertEquals(DeliveryKey.id(keys), found.idKey());
    }

    private <T> T transaction(Function<EntityManager, T> work) {
        EntityManager entities = unit.createEntityManager();
        try {
            entities.getTransaction().begin();
            T result = work.apply(entities);
            entities.getTransaction().commit();
            return result;
        } finally {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.close();
        }
    }
}
