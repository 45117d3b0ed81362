package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.HandlerTransaction;

/** What the durable memory of deliveries promises, on every database and with every persistence provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00.123Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final Answer OK = Answer.text(200, "text/plain", "OK");
    private static final int THREADS = 16;

    private DataSource dataSource;
    private EntityManagerFactory unit;
    /** Another node's. */
    private EntityManagerFactory otherUnit;

    private JpaDeliveryStore store;
    private JpaDeliveryStore other;
    private Instant now;
    private boolean down;
    /** Gets no connection. */
    private Thread refused;

    abstract DataSource emptyDatabase();

    abstract String provider();

    @BeforeAll
    void migrate() throws SQLException {
        dataSource = emptyDatabase();
        new Migrations(dataSource, getClass().getClassLoader()).run();
        unit = Databases.unit(provider(), failing(dataSource));
        otherUnit = Databases.unit(provider(), dataSource);
        Clock clock = new SettableClock();
        store = new JpaDeliveryStore(new LocalTransactions(unit), StoreClock.of(clock));
        other = new JpaDeliveryStore(new LocalTransactions(otherUnit), StoreClock.of(clock));
        sql("create table effect (name varchar(100) not null)");
    }

    @AfterAll
    void close() {
        unit.close();
        otherUnit.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        down = false;
        refused = null;
        now = NOW;
        sql("delete from webhook_delivery");
        sql("delete from effect");
    }

    @Test
    void everyByteOfAnAnswer_comesBack() {
        byte[] body = new byte[3 << 20];
        new Random(1).nextBytes(body);
        Answer answer = Answer.of(201, Map.of("Content-Type", "a/b; c=\"\u00e9\"", "X", "\u0000\n,:"), body);

        assertTrue(store.complete(granted(store, keys("f")), answer));

        Answer copy = completed(other, keys("f"));
        assertEquals(201, copy.status());
        assertEquals(answer.headers(), copy.headers());
        assertArrayEquals(body, copy.body());
    }

    @Test
    void emptyAnswer_comesBackEmpty() {
        store.complete(granted(store, keys("f")), Answer.of(204, Map.of(), new byte[0]));

        Answer copy = completed(store, keys("f"));
        assertEquals(204, copy.status());
        assertEquals(Map.of(), copy.headers());
        assertEquals(0, copy.body().length);
    }

    @Test
    void textOfAnyLengthAndKind_isStored() {
        DeliveryKeys keys = new DeliveryKeys(
                "s".repeat(100),
                "acme\u0000\ud800" + "\ud83d\ude00".repeat(300),
                "f\u0000" + "x".repeat(10_000),
                Optional.of("\udc00" + "y".repeat(10_000)));

        assertTrue(store.complete(granted(store, keys), OK));
        completed(store, keys);
    }

    @Test
    void copy_isInFlightUntilTheLeaseEndsToTheMillisecond() {
        ClaimToken first = granted(store, keys("f"));

        now = NOW.plus(LEASE).minusMillis(1);
        assertEquals(Duration.ofMillis(1), inFlight(other, keys("f")));

        now = NOW.plus(LEASE);
        assertTrue(granted(other, keys("f")).number() > first.number());
    }

    @Test
    void stalledHolder_cannotCompleteAfterTakeover() {
        ClaimToken stalled = granted(store, keys("f"));
        now = NOW.plus(LEASE);
        ClaimToken successor = granted(other, keys("f"));

        assertFalse(store.complete(stalled, OK));
        store.release(stalled);
        inFlight(store, keys("f"));
        assertTrue(other.complete(successor, OK));
        assertFalse(store.complete(stalled, OK));
        store.release(stalled);
        completed(store, keys("f"));
    }

    @Test
    void stalledHolder_cannotCompleteAfterItsSuccessorsRelease() {
        ClaimToken stalled = granted(store, keys("f"));
        now = NOW.plus(LEASE);
        other.release(granted(other, keys("f")));

        assertFalse(store.complete(stalled, OK));
        granted(store, keys("f"));
        assertFalse(store.complete(stalled, OK));
    }

    @Test
    void lateHolderWithoutSuccessor_completes() {
        ClaimToken late = granted(store, keys("f"));
        now = NOW.plus(LEASE).plusSeconds(1);

        assertTrue(store.complete(late, OK));
        completed(store, keys("f"));
    }

    @Test
    void release_letsTheNextAttemptInAtOnce() {
        ClaimToken first = granted(store, keys("f"));
        store.release(first);
        store.release(first);

        ClaimToken next = granted(other, keys("f"));
        assertTrue(next.number() > first.number());
        assertFalse(store.complete(first, OK));
        assertTrue(other.complete(next, OK));
    }

    @Test
    void completed_staysSoWhateverIsReleased() {
        ClaimToken token = granted(store, keys("f"));
        store.complete(token, OK);

        store.release(token);

        completed(store, keys("f"));
        assertFalse(store.complete(token, OK));
    }

    @Test
    void sameIdUnderAnotherFingerprint_isACopy() {
        ClaimToken token = granted(store, keys("f1", "id"));
        inFlight(store, keys("f2", "id"));
        store.complete(token, OK);

        completed(store, keys("f2", "id"));
        completed(store, keys("f1"));
        granted(store, keys("f2", "id2"));
    }

    @Test
    void idAndFingerprint_areSeparate() {
        granted(store, keys("same", "x"));

        granted(store, keys("y", "same"));
    }

    @Test
    void otherSenderOrTenant_isAnotherDelivery() {
        granted(store, new DeliveryKeys("s", "acme", "f", Optional.of("id")));

        granted(store, new DeliveryKeys("s", "", "f", Optional.of("id")));
        granted(store, new DeliveryKeys("s", "acme ", "f", Optional.of("id")));
        granted(store, new DeliveryKeys("s", "ACME", "f", Optional.of("id")));
        granted(store, new DeliveryKeys("S", "acme", "f", Optional.of("id")));
        granted(store, new DeliveryKeys("s", "acme", "F", Optional.of("ID")));
    }

    @Test
    void successorByIdAlone_endsTheHoldersClaim() {
        ClaimToken stalled = granted(store, keys("f1", "id"));
        now = NOW.plus(LEASE);
        ClaimToken successor = granted(other, keys("f2", "id"));

        assertFalse(store.complete(stalled, OK));
        assertTrue(other.complete(successor, OK));
        completed(store, keys("f1", "id"));
    }

    @Test
    void attemptsThatDidNotKnowOfEachOther_becomeOneDelivery() {
        ClaimToken one = granted(store, keys("f1", "id1"));
        ClaimToken two = granted(store, keys("f2", "id2"));
        now = NOW.plus(LEASE);

        ClaimToken both = granted(store, keys("f1", "id2"));

        assertTrue(both.number() > one.number() && both.number() > two.number());
        assertFalse(store.complete(one, OK));
        assertFalse(store.complete(two, OK));
        assertTrue(store.complete(both, OK));
        completed(store, keys("f1"));
        completed(store, keys("x", "id2"));
    }

    @Test
    void outcome_isRememberedForTheWholeRetentionAndThenForgotten() {
        ClaimToken token = granted(store, keys("f", "id"));
        now = NOW.plus(LEASE).minusMillis(1);
        store.complete(token, OK);

        now = NOW.plus(LEASE).plus(RETENTION).minusMillis(1);
        completed(store, keys("f"));
        completed(store, keys("g", "id"));

        now = NOW.plus(LEASE).plus(RETENTION);
        ClaimToken next = granted(store, keys("f", "id"));
        assertTrue(next.number() > token.number());
        assertFalse(store.complete(token, OK));
        inFlight(store, keys("f"));
    }

    @Test
    void clockThatGoesBack_letsNothingInTwice() {
        store.complete(granted(store, keys("done")), OK);
        granted(store, keys("claimed"));

        now = NOW.minusSeconds(3600);

        completed(store, keys("done"));
        inFlight(store, keys("claimed"));
    }

    @Test
    void clockThatGoesBack_makesNoLeaseLonger() {
        ClaimToken live = granted(store, keys("live"));
        ClaimToken dead = granted(store, keys("dead"));
        now = NOW.minusSeconds(3600);

        assertEquals(LEASE, inFlight(other, keys("live")));
        assertEquals(LEASE, inFlight(other, keys("dead")));
        assertTrue(store.complete(live, OK), "its holder still has it");

        now = now.plus(LEASE).minusMillis(1);
        inFlight(other, keys("dead"));
        now = now.plusMillis(1);
        completed(other, keys("live"));
        granted(other, keys("dead"));
        assertFalse(store.complete(dead, OK));
    }

    /** A shorter setting, or a node that is still to learn of it: not the clock's doing. */
    @Test
    void leaseTwiceAsLongAsAskedFor_isLeftAlone() {
        granted(store, keys("f"));
        assertEquals(LEASE, ((Claim.InFlight) other.claim(keys("f"), LEASE.dividedBy(2), RETENTION)).retryAfter());
    }

    @Test
    void purge_deletesWhatIsForgottenAndNothingElseInBatches() throws SQLException {
        sql("insert into webhook_delivery (id, fingerprint_key, sender, tenant, state, fence, lease_until_ms,"
                + " forget_at_ms, created_at_ms) select cast(n as varchar), cast(n as varchar), 's', '', 'DONE', 1, 0, "
                + NOW.toEpochMilli() + ", 0 from " + series(JpaDeliveryStore.PURGE_BATCH + 10));
        store.complete(granted(store, keys("kept")), OK);

        now = NOW.minusMillis(1);
        assertEquals(0, store.purge());
        now = NOW;
        assertEquals(JpaDeliveryStore.PURGE_BATCH, store.purge());
        Purge.run(other);
        assertEquals(0, store.purge());
        completed(store, keys("kept"));
        assertEquals(1, count("webhook_delivery"));
    }

    /** A table expression with a column {@code n}. */
    private String series(int upTo) {
        try (Connection connection = dataSource.getConnection()) {
            boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
            return h2 ? "system_range(1, " + upTo + ") as t(n)" : "generate_series(1, " + upTo + ") as t(n)";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyThreadsOnTwoNodes_oneIsGranted() throws Exception {
        for (int round = 0; round < 10; round++) {
            DeliveryKeys keys = keys("race" + round, "id" + round);
            assertEquals(1, grants(i -> (i % 2 == 0 ? store : other).claim(keys, LEASE, RETENTION)), "new");
            now = now.plus(LEASE);
            assertEquals(1, grants(i -> (i % 2 == 0 ? store : other).claim(keys, LEASE, RETENTION)), "lease over");
        }
    }

    /** The positive control of the test before: to look and then to write is not enough. */
    @Test
    void storeThatChecksAndThenActs_runsTwoAtLeast() throws Exception {
        int most = 0;
        for (int round = 0; round < 50 && most < 2; round++) {
            String name = "naive" + round;
            List<String> run = Collections.synchronizedList(new ArrayList<>());
            grants(i -> {
                try {
                    if (count("effect where name = '" + name + "'") == 0) {
                        sql("insert into effect values ('" + name + "')");
                        run.add(name);
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                return new Claim.InFlight(LEASE);
            });
            most = Math.max(most, run.size());
        }
        assertTrue(most >= 2, "the control never ran two");
    }

    /** What a thread asks for. */
    private interface Ask {
        Claim claim(int thread);
    }

    private static long grants(Ask ask) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<Claim>> claims = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                claims.add(threads.submit(() -> {
                    start.await();
                    return ask.claim(thread);
                }));
            }
            long granted = 0;
            for (Future<Claim> claim : claims) {
                granted += claim.get() instanceof Claim.Granted ? 1 : 0;
            }
            return granted;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void handlersWorkAndCompletion_commitTogether() throws SQLException {
        LocalTransactions transactions = new LocalTransactions(unit);
        JpaDeliveryStore deliveries =
                new JpaDeliveryStore(transactions, StoreClock.of(Clock.fixed(NOW, ZoneOffset.UTC)));
        ClaimToken token = granted(deliveries, keys("f"));

        HandlerTransaction failed = deliveries.begin(token, LEASE);
        effect(transactions, "lost");
        assertTrue(deliveries.complete(token, OK));
        failed.rollback();
        assertEquals(0, count("effect"));
        inFlight(other, keys("f"));

        HandlerTransaction transaction = deliveries.begin(token, LEASE);
        effect(transactions, "kept");
        assertTrue(deliveries.complete(token, OK));
        assertEquals(0, count("effect"), "not before the commit");
        transaction.commit();

        assertEquals(1, count("effect"));
        completed(other, keys("f"));
        assertTrue(deliveries.transactional());
    }

    @Test
    void claimAndReleaseInsideAHandlersTransaction_areNotPartOfIt() {
        LocalTransactions transactions = new LocalTransactions(unit);
        JpaDeliveryStore deliveries =
                new JpaDeliveryStore(transactions, StoreClock.of(Clock.fixed(NOW, ZoneOffset.UTC)));
        HandlerTransaction transaction = deliveries.begin(new ClaimToken(keys("other"), 1), LEASE);
        ClaimToken kept = granted(deliveries, keys("f"));
        deliveries.release(granted(deliveries, keys("g")));
        transaction.rollback();

        inFlight(other, keys("f"));
        assertTrue(other.complete(kept, OK));
        granted(other, keys("g"));
    }

    private static void effect(LocalTransactions transactions, String name) {
        transactions.joined(entities -> entities.createNativeQuery("insert into effect values ('" + name + "')")
                .executeUpdate());
    }

    /** Who has just waited in vain for the database gets no connection for a second. */
    @Test
    void releaseThatThisThreadCannotDo_isDoneByAnother() throws InterruptedException {
        ClaimToken token = granted(store, keys("f"));
        refused = Thread.currentThread();
        assertThrows(DeliveryStoreUnavailableException.class, () -> store.release(token));
        Claim claim = other.claim(keys("f"), LEASE, RETENTION);
        for (int i = 0; i < 500 && claim instanceof Claim.InFlight; i++) {
            Thread.sleep(10);
            claim = other.claim(keys("f"), LEASE, RETENTION);
        }
        assertInstanceOf(Claim.Granted.class, claim);
    }

    @Test
    void databaseDown_isAnExceptionAndNoClaim() {
        ClaimToken token = granted(store, keys("f"));
        down = true;

        assertThrows(DeliveryStoreUnavailableException.class, () -> store.claim(keys("g"), LEASE, RETENTION));
        assertThrows(DeliveryStoreUnavailableException.class, () -> store.complete(token, OK));
        assertThrows(DeliveryStoreUnavailableException.class, () -> store.release(token));
        Purge.run(store);

        down = false;
        granted(store, keys("g"));
        assertTrue(store.complete(token, OK));
    }

    private static DeliveryKeys keys(String fingerprint) {
        return new DeliveryKeys("zorio", "acme", fingerprint, Optional.empty());
    }

    private static DeliveryKeys keys(String fingerprint, String id) {
        return new DeliveryKeys("zorio", "acme", fingerprint, Optional.of(id));
    }

    private static ClaimToken granted(DeliveryStore store, DeliveryKeys keys) {
        return assertInstanceOf(Claim.Granted.class, store.claim(keys, LEASE, RETENTION))
                .token();
    }

    private static Duration inFlight(DeliveryStore store, DeliveryKeys keys) {
        return assertInstanceOf(Claim.InFlight.class, store.claim(keys, LEASE, RETENTION))
                .retryAfter();
    }

    private static Answer completed(DeliveryStore store, DeliveryKeys keys) {
        return assertInstanceOf(Claim.Completed.class, store.claim(keys, LEASE, RETENTION))
                .answer();
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private int count(String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet result = connection.createStatement().executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** The data source, which gives no connection while the database is {@link #down}. */
    private DataSource failing(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    if ((down || Thread.currentThread() == refused)
                            && method.getName().equals("getConnection")) {
                        throw new SQLException("down", "08001");
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class SettableClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
