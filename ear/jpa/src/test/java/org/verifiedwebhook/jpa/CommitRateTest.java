package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.verifiedwebhook.WebhookInbox;

/** Acknowledgements a second with and without group commit: on a quiet machine, {@code -Dmeasure=true}. */
@EnabledIfSystemProperty(named = "measure", matches = "true")
class CommitRateTest {

    private static final int CALLERS = 128;
    private static final int CONNECTIONS = 20;

    @Test
    void groupCommit_acknowledgesHalfAsManyAgainAsSingleCommits() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                // As a database in production is: zonky's default is not durable.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
            source.setUrl(server.getJdbcUrl("postgres", "postgres"));
            JdbcConnectionPool pool = JdbcConnectionPool.create(source);
            pool.setMaxConnections(CONNECTIONS);
            new Migrations(pool, getClass().getClassLoader()).run();
            for (String provider : List.of(Databases.ECLIPSELINK, Databases.HIBERNATE)) {
                try (EntityManagerFactory unit = Databases.unit(provider, pool)) {
                    InboxWriter writer = new InboxWriter(new LocalTransactions(unit), StoreClock.DATABASE);
                    GroupCommit<WebhookInbox.Entry, WebhookInbox.Result> groups =
                            new GroupCommit<>(writer::write, 1000, Duration.ofSeconds(10), Duration.ofMinutes(1));
                    Consumer<WebhookInbox.Entry> single = entry ->
                            writer.write(List.of(entry)).get(0).result().getClass();
                    rate(single);
                    rate(groups::write);
                    double alone = rate(single);
                    double together = rate(groups::write);
                    String told = String.format(
                            "%s: %.0f acknowledgements/s in groups, %.0f/s in single commits (%d callers, %d connections)",
                            provider, together, alone, CALLERS, CONNECTIONS);
                    System.getLogger("org.verifiedwebhook").log(System.Logger.Level.INFO, told);
                    assertTrue(together >= 1.5 * alone, told);
                }
            }
            pool.dispose();
        }
    }

    private static double rate(Consumer<WebhookInbox.Entry> put) throws InterruptedException {
        LongAdder acknowledged = new LongAdder();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(8);
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                while (System.nanoTime() < end) {
                    put.accept(InboxEntries.of(UUID.randomUUID().toString()));
                    acknowledged.increment();
                }
            });
        }
        callers.shutdown();
        assertTrue(callers.awaitTermination(1, TimeUnit.MINUTES));
        return acknowledged.sum() / ((System.nanoTime() - start) / 1e9);
    }
}
