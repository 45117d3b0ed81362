package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.HandlerTransaction;

/** A database that takes connections and says nothing: an error before senders lose patience. */
@EnabledOnOs(OS.LINUX)
class BlackHoleTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofHours(24);

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {Databases.HIBERNATE, Databases.ECLIPSELINK})
    void silentPostgreSql_isAnExceptionWithinThreeSeconds(String provider) throws Exception {
        Path data = work.resolve("data");
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setDataDirectory(data).start()) {
            List<String> settings =
                    List.of("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", "postgres");
            ConfiguredDataSource dataSource = new ConfiguredDataSource(new DataSourceChoice(
                    key -> switch (key) {
                        case "url" -> Optional.of(settings.get(0));
                        case "user" -> Optional.of(settings.get(1));
                        case "password" -> Optional.of(settings.get(2));
                        default -> Optional.empty();
                    },
                    H2Location::standard));
            new Migrations(dataSource, getClass().getClassLoader()).run();
            try (Unit unit = new Unit(Databases.unit(provider, dataSource))) {
                check(unit, data);
            }
        }
    }

    private static void check(Unit unit, Path data) throws Exception {
        JpaDeliveryStore store = unit.store();
        ClaimToken token = assertInstanceOf(Claim.Granted.class, store.claim(keys("f"), LEASE, RETENTION))
                .token();
        HandlerTransaction transaction = store.begin(token, LEASE);
        // The handler's transaction has its connection; a claim needs a new one.
        unit.transactions.joined(
                entities -> entities.createNativeQuery("select 1").getSingleResult());
        signal("STOP", data);
        try {
            assertTimeout(
                    LIMIT,
                    () -> assertThrows(
                            DeliveryStoreUnavailableException.class, () -> store.claim(keys("g"), LEASE, RETENTION)));
            assertTimeout(
                    LIMIT,
                    () -> assertThrows(
                            DeliveryStoreUnavailableException.class,
                            () -> store.complete(token, Answer.text(200, "text/plain", "OK"))));
        } finally {
            signal("CONT", data);
        }
        assertThrows(RuntimeException.class, transaction::commit);
        // So long this thread is spared another wait.
        Thread.sleep(1_100);
        assertInstanceOf(Claim.InFlight.class, store.claim(keys("f"), LEASE, RETENTION));
        store.release(token);
        assertInstanceOf(Claim.Granted.class, store.claim(keys("f"), LEASE, RETENTION));
    }

    private record Unit(EntityManagerFactory factory, LocalTransactions transactions) implements AutoCloseable {
        Unit(EntityManagerFactory factory) {
            this(factory, new LocalTransactions(factory));
        }

        JpaDeliveryStore store() {
            return new JpaDeliveryStore(transactions, StoreClock.DATABASE);
        }

        @Override
        public void close() {
            factory.close();
        }
    }

    private static DeliveryKeys keys(String fingerprint) {
        return new DeliveryKeys("zorio", "", fingerprint, Optional.empty());
    }

    /** Sends a signal to the server and all its children, of which some may end meanwhile. */
    private static void signal(String signal, Path data) throws IOException, InterruptedException {
        String server =
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
        ProcessHandle handle = ProcessHandle.of(Long.parseLong(server)).orElseThrow();
        for (ProcessHandle process :
                Stream.concat(Stream.of(handle), handle.descendants()).toList()) {
            String[] command = {"kill", "-" + signal, Long.toString(process.pid())};
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0 && process.isAlive()) {
                throw new IllegalStateException("no signal was sent");
            }
        }
    }
}
