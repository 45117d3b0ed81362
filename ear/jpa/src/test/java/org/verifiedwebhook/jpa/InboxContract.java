package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.verifiedwebhook.WebhookInbox;
import org.verifiedwebhook.WebhookInbox.Result;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.HandlerTransaction;
import org.verifiedwebhook.inbox.InboxItem;
import org.verifiedwebhook.inbox.InboxState;
import org.verifiedwebhook.jpa.InboxRows.Claimed;

/** What the inbox promises, on every database and with every persistence provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InboxContract {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final InboxSettings SETTINGS = new InboxSettings(
            3, Duration.ofSeconds(1), Duration.ofMinutes(1), LEASE, 4, 3, Duration.ofDays(7), Duration.ofDays(90));

    private DataSource dataSource;
    private EntityManagerFactory unit;
    private LocalTransactions transactions;
    private InboxRows rows;
    private InboxWriter writer;
    private volatile Instant now;
    private ExecutorService threads;
    private final ConcurrentLinkedQueue<InboxItem> told = new ConcurrentLinkedQueue<>();

    abstract DataSource emptyDatabase();

    abstract String provider();

    @BeforeAll
    void migrate() throws SQLException {
        dataSource = emptyDatabase();
        new Migrations(dataSource, getClass().getClassLoader()).run();
        sql("create table effect (fingerprint varchar(100) not null)");
        unit = Databases.unit(provider(), dataSource);
        transactions = new LocalTransactions(unit);
        rows = new InboxRows(transactions, StoreClock.of(new SettableClock()));
        writer = new InboxWriter(transactions, StoreClock.of(new SettableClock()));
    }

    @AfterAll
    void close() {
        unit.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        sql("delete from webhook_inbox");
        sql("delete from webhook_delivery");
        sql("delete from effect");
        told.clear();
        now = Instant.parse("2026-11-22T20:00:01Z");
        threads = Executors.newCachedThreadPool();
    }

    /** A worker that still looks for work would take that of the next test. */
    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS), "a worker does not end");
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

    private void sql(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }

    private long count(String table) {
        return transactions.own(e ->
                ((Number) e.createNativeQuery("select count(*) from " + table).getSingleResult()).longValue());
    }

    private GroupCommit<WebhookInbox.Entry, Result> commits() {
        return new GroupCommit<>(writer::write, 1000, Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    private Result put(WebhookInbox.Entry entry) {
        return commits().write(entry);
    }

    private InboxRows.Claims claims(int most, Shares shares, boolean pastSpent) {
        return rows.claim(most, SETTINGS.attempts(), LEASE, shares, pastSpent);
    }

    private List<Claimed> claim(int most) {
        return claims(most, new Shares(most), true).claimed();
    }

    private Claimed claimOne() {
        List<Claimed> claimed = claim(5);
        assertEquals(1, claimed.size());
        return claimed.get(0);
    }

    private boolean done(Claimed claim) {
        return transactions.own(entities -> rows.done(entities, claim));
    }

    private void fail(Claimed claim, Duration wait) {
        assertTrue(rows.end(claim, InboxState.READY, "failed", wait).isPresent());
    }

    private static String name(Claimed claim) {
        String body = new String(claim.row().delivery().rawBody(), java.nio.charset.StandardCharsets.UTF_8);
        return body.substring(6, body.length() - 2);
    }

    private static List<String> names(List<Claimed> claims) {
        return claims.stream().map(InboxContract::name).toList();
    }

    @Test
    void storedDelivery_comesOutAsItWas() {
        WebhookInbox.Entry entry = InboxEntries.withId("f1", "id-1");
        assertInstanceOf(Result.Stored.class, put(entry));

        Claimed claim = claimOne();

        var delivery = claim.row().delivery();
        assertEquals("acme", delivery.sender());
        assertEquals(Optional.of("tenant"), delivery.tenant());
        assertEquals(Optional.of("id-1"), delivery.id());
        assertTrue(delivery.idSigned());
        assertEquals(Optional.of("call.ended"), delivery.eventType());
        assertEquals(Optional.of("current"), delivery.secretLabel());
        assertEquals(Optional.empty(), delivery.claimedTenant());
        assertEquals(InboxEntries.RECEIVED, delivery.receivedAt());
        assertArrayEquals(entry.delivery().rawBody(), delivery.rawBody());
        assertEquals(1, claim.row().attempts());
    }

    @Test
    void bodyOfThreeMebibytes_comesOutAsItWas() {
        String body = "x".repeat(3 << 20);
        put(InboxEntries.of("f1", "t", body));
        assertEquals(3 << 20, claimOne().row().delivery().rawBody().length);
    }

    @Test
    void copy_getsTheFirstAnswerAndIsNotStored() {
        put(InboxEntries.withId("f1", "id-1"));

        for (WebhookInbox.Entry copy : List.of(InboxEntries.withId("f1", "id-2"), InboxEntries.withId("f2", "id-1"))) {
            Result.Duplicate duplicate = assertInstanceOf(Result.Duplicate.class, put(copy));
            assertEquals("OK f1", new String(duplicate.answer().body(), java.nio.charset.StandardCharsets.UTF_8));
        }

        assertEquals(1, count("webhook_inbox"));
        assertInstanceOf(Result.Stored.class, put(InboxEntries.withId("f3", "id-3")), "the control");
    }

    @Test
    void copyAfterTheRetention_isNew() {
        put(InboxEntries.withId("f1", "id-1"));
        now = now.plus(Duration.ofHours(24)).minusMillis(1);
        assertInstanceOf(Result.Duplicate.class, put(InboxEntries.of("f1")));
        now = now.plusMillis(1);
        assertInstanceOf(Result.Stored.class, put(InboxEntries.withId("f1", "id-1")));
        assertEquals(1, count("webhook_delivery"));
        assertEquals(2, count("webhook_inbox"));
    }

    @Test
    void deliveryThatIsHandledInline_isInFlightUntilItsLeaseEnds() {
        WebhookInbox.Entry entry = InboxEntries.of("f1");
        transactions.own(entities -> {
            entities.persist(new StoredDelivery(entry.keys(), 7, now, now.plusSeconds(60), now.plusSeconds(90_000)));
            return null;
        });
        assertInstanceOf(Result.InFlight.class, put(entry));
        now = now.plusSeconds(60);
        assertInstanceOf(Result.Stored.class, put(entry));
        assertEquals(1, count("webhook_delivery"));
        assertEquals(1, count("webhook_delivery where fence > 7"), "a greater fence than the claim's");
    }

    @Test
    void copiesInOneGroup_oneIsStored() {
        List<Result> results = writer
                .write(List.of(
                        InboxEntries.withId("f1", "id-1"),
                        InboxEntries.withId("f1", "id-1"),
                        InboxEntries.withId("f2", "id-1"),
                        InboxEntries.withId("f2", "id-2"),
                        InboxEntries.of("f3")))
                .stream()
                .map(GroupCommit.Written::result)
                .toList();
        assertEquals(
                List.of("Stored", "Duplicate", "Duplicate", "Stored", "Stored"),
                results.stream().map(r -> r.getClass().getSimpleName()).toList());
        assertEquals(3, count("webhook_inbox"));
    }

    @Test
    void entryThatTheDatabaseRefuses_takesNoInnocentAlong() {
        WebhookInbox.Entry good = InboxEntries.of("good");
        WebhookInbox.Entry bad = new WebhookInbox.Entry(
                good.keys(),
                new InboxDelivery(
                        "x".repeat(100),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        "canary-of-the-body".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        org.verifiedwebhook.sender.Assurance.SIGNED,
                        Optional.empty(),
                        now),
                Optional.empty(),
                good.acknowledgement(),
                good.retention());
        var written = writer.write(List.of(bad, InboxEntries.of("f2"), InboxEntries.of("f3")));
        assertInstanceOf(DeliveryStoreUnavailableException.class, written.get(0).failure());
        StringWriter logged = new StringWriter();
        written.get(0).failure().printStackTrace(new PrintWriter(logged));
        assertTrue(
                logged.toString().contains("SQLException") || logged.toString().contains("PSQLException"));
        assertFalse(logged.toString().contains("canary"), "a body in an exception");
        assertFalse(logged.toString().contains("63616e617279"), "a body in an exception, in hex");
        assertInstanceOf(Result.Stored.class, written.get(1).result());
        assertInstanceOf(Result.Stored.class, written.get(2).result());
        assertEquals(2, count("webhook_inbox"));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void sixtyFourThreadsWithCopies_eachDeliveryIsStoredOnce() throws Exception {
        int deliveries = 200;
        // Two nodes, which share the database only.
        List<GroupCommit<WebhookInbox.Entry, Result>> nodes = List.of(commits(), commits());
        List<WebhookInbox.Entry> entries = new ArrayList<>();
        for (int i = 0; i < deliveries; i++) {
            for (int copy = 0; copy < 4; copy++) {
                entries.add(InboxEntries.withId("f" + i + (copy == 3 ? "-again" : ""), "id-" + i));
            }
        }
        Collections.shuffle(entries, new java.util.Random(1));
        ExecutorService sixtyFour = Executors.newFixedThreadPool(64);
        List<Future<Result>> results = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            int at = i;
            results.add(sixtyFour.submit(() -> nodes.get(at % 2).write(entries.get(at))));
        }
        int stored = 0;
        List<Throwable> unavailable = new ArrayList<>();
        for (Future<Result> result : results) {
            try {
                stored += result.get(60, TimeUnit.SECONDS) instanceof Result.Stored ? 1 : 0;
            } catch (java.util.concurrent.ExecutionException e) {
                unavailable.add(e.getCause());
            }
        }
        sixtyFour.shutdown();
        assertEquals(List.of(), unavailable, () -> stackTrace(unavailable.get(0)));
        assertEquals(deliveries, stored);
        assertEquals(deliveries, count("webhook_inbox"));
        assertEquals(deliveries, count("webhook_delivery"));
    }

    @Test
    void twoWorkers_neverClaimTheSameRow() throws Exception {
        for (int i = 0; i < 100; i++) {
            put(InboxEntries.of("f" + i));
        }
        Set<String> all = Collections.synchronizedSet(new HashSet<>());
        AtomicInteger claims = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(4);
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            workers.add(threads.submit(() -> {
                begun.countDown();
                begun.await();
                int empty = 0;
                while (empty < 3) {
                    List<Claimed> claimed = claim(3);
                    claimed.forEach(c -> all.add(name(c)));
                    claims.addAndGet(claimed.size());
                    empty = claimed.isEmpty() ? empty + 1 : 0;
                }
                return null;
            }));
        }
        for (Future<?> worker : workers) {
            worker.get(60, TimeUnit.SECONDS);
        }
        assertEquals(100, claims.get());
        assertEquals(100, all.size());
    }

    @Test
    void claimUnderWay_leavesTheRestToOtherWorkers() throws Exception {
        for (int i = 0; i < 20; i++) {
            put(InboxEntries.of("f" + i));
        }
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        Future<List<Claimed>> underWay = threads.submit(() -> transactions.own(entities -> {
            // The same transaction as the claim's own, which ends later.
            List<Claimed> mine = new InboxRows(new Joining(entities), StoreClock.of(new SettableClock()))
                    .claim(2, SETTINGS.attempts(), LEASE, shares(2, 2), true)
                    .claimed();
            claimed.countDown();
            await(others);
            return mine;
        }));
        assertTrue(claimed.await(30, TimeUnit.SECONDS));
        List<String> rest = names(claim(20));
        others.countDown();
        Set<String> all = new HashSet<>(names(underWay.get(30, TimeUnit.SECONDS)));
        assertEquals(2, all.size());
        assertEquals(18, rest.size());
        all.addAll(rest);
        assertEquals(20, all.size());
    }

    @Test
    void rowsThatSomebodyHasLocked_arePassedOver() throws Exception {
        for (int i = 0; i < 10; i++) {
            put(InboxEntries.of("f" + i));
        }
        try (Connection other = dataSource.getConnection()) {
            other.setAutoCommit(false);
            int held = other.createStatement()
                    .executeUpdate("update webhook_inbox set reason = 'held' where id in"
                            + " (select id from webhook_inbox order by id limit 4)");
            assertEquals(4, held);
            InboxRows.Claims some = claims(2, shares(2, 0), true);
            assertEquals(2, some.claimed().size());
            assertTrue(some.more());
            InboxRows.Claims rest = claims(20, shares(20, 0), true);
            assertEquals(4, rest.claimed().size());
            assertFalse(rest.more(), "a worker would ask again at once");
            other.rollback();
        }
        assertEquals(4, claim(20).size(), "the control");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Work in a transaction that somebody else ends. */
    private record Joining(EntityManager entities) implements StoreTransactions {
        @Override
        public <T> T own(Function<EntityManager, T> work) {
            return work.apply(entities);
        }

        @Override
        public <T> T joined(Function<EntityManager, T> work) {
            return work.apply(entities);
        }

        @Override
        public void elsewhere(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HandlerTransaction begin(Duration timeout) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void rowOfAWorkerThatDied_isClaimedWhenItsLeaseEnds() {
        put(InboxEntries.of("f1"));
        Claimed first = claimOne();
        assertEquals(List.of(), claim(5));
        now = now.plus(LEASE).minusMillis(1);
        assertEquals(List.of(), claim(5));
        now = now.plusMillis(1);
        Claimed second = claimOne();
        assertEquals(2, second.row().attempts());
        assertFalse(done(first), "the stalled worker");
        assertTrue(rows.end(first, InboxState.DEAD, "no", Duration.ZERO).isEmpty(), "the stalled worker");
        assertTrue(done(second));
        assertEquals(Map.of(InboxState.DONE, 1L), rows.counts());
    }

    @Test
    void rowWhoseWorkersAllDied_isDead() {
        put(InboxEntries.of("f1"));
        for (int attempt = 0; attempt < SETTINGS.attempts(); attempt++) {
            claimOne();
            now = now.plus(LEASE);
        }
        InboxRows.Claims last = claims(5, new Shares(5), true);
        assertEquals(List.of(), last.claimed());
        assertEquals(InboxState.DEAD, last.dead().get(0).state());
        assertEquals(Map.of(InboxState.DEAD, 1L), rows.counts());
    }

    @Test
    void clockSetBack_keepsNothingWaitingForItsOldTime() {
        put(InboxEntries.of("running"));
        Claimed running = claimOne();
        put(InboxEntries.of("failed"));
        fail(claimOne(), Duration.ofSeconds(40));
        put(InboxEntries.of("stored"));
        now = now.minus(Duration.ofHours(1));
        assertEquals(List.of(), claim(5), "the control");

        assertEquals(3, rows.redate());
        assertEquals(0, rows.redate());
        assertEquals(List.of("stored"), names(claim(5)));
        now = now.plusSeconds(40);
        assertEquals(List.of("failed"), names(claim(5)), "waits as long as it had to");
        now = now.plus(LEASE).minusSeconds(41);
        assertEquals(List.of(), claim(5), "the lease is no shorter than it was");
        now = now.plusSeconds(1);
        assertTrue(names(claim(5)).contains("running"));
        assertFalse(done(running), "another has it");
    }

    @Test
    void worker_handlesWhatWasStoredBeforeTheClockWasSetBack() throws Exception {
        put(InboxEntries.of("f1"));
        now = now.minus(Duration.ofHours(1));
        InboxWorker worker = worker(handler("call.ended", event -> {}));
        worker.wake();
        await(InboxState.READY, 1);
        worker.purge();
        worker.wake();
        await(InboxState.DONE, 1);
    }

    /** The time of the database, not of this machine: a node that is wrong would tell another one here. */
    @Test
    void databasesClock_isTheSameForAllAndGoesOn() throws Exception {
        Instant before = Instant.now();
        Instant first = transactions.own(StoreClock.DATABASE::now);
        Thread.sleep(20);
        Instant second = transactions.own(StoreClock.DATABASE::now);
        Duration far = Duration.between(before, first).abs();
        assertTrue(far.compareTo(Duration.ofSeconds(5)) < 0, far + " apart on one machine");
        assertTrue(Duration.between(first, second).toMillis() >= 19, first + " " + second);
    }

    @Test
    void failedRow_waits() {
        put(InboxEntries.of("f1"));
        fail(claimOne(), Duration.ofSeconds(10));
        now = now.plusSeconds(10).minusMillis(1);
        assertEquals(List.of(), claim(5));
        now = now.plusMillis(1);
        assertEquals(2, claimOne().row().attempts());
    }

    @Test
    void rowsOfOneKey_runOneAtATimeInOrderOfArrival() {
        writer.write(List.of(
                InboxEntries.ordered("a1", "a"),
                InboxEntries.ordered("a2", "a"),
                InboxEntries.ordered("b1", "b"),
                InboxEntries.of("free")));
        put(InboxEntries.ordered("a3", "a"));

        List<Claimed> first = claim(10);
        assertEquals(List.of("a1", "b1", "free"), names(first));
        assertEquals(List.of(), claim(10));
        // A failing head blocks its key, also while it waits.
        fail(first.get(0), Duration.ofSeconds(5));
        assertEquals(List.of(), claim(10));
        now = now.plusSeconds(5);
        Claimed again = claimOne();
        assertEquals("a1", name(again));
        assertTrue(done(again));
        Claimed second = claimOne();
        assertEquals("a2", name(second));
        assertTrue(rows.end(second, InboxState.DEAD, "bad", Duration.ZERO).isPresent());
        assertEquals("a3", name(claimOne()));
    }

    @Test
    void redrivenHead_doesNotRunBesideItsSuccessor() {
        writer.write(List.of(InboxEntries.ordered("a1", "a"), InboxEntries.ordered("a2", "a")));
        Claimed head = claimOne();
        rows.end(head, InboxState.DEAD, "bad", Duration.ZERO);
        Claimed successor = claimOne();
        assertTrue(rows.redrive(head.row().id()));
        assertEquals(List.of(), claim(5));
        assertTrue(done(successor));
        assertEquals("a1", name(claimOne()));
    }

    @Test
    void redrivenHeadWhoseSuccessorsWorkerDied_runsAfterThat() {
        writer.write(List.of(InboxEntries.ordered("a1", "a"), InboxEntries.ordered("a2", "a")));
        Claimed head = claimOne();
        rows.end(head, InboxState.DEAD, "bad", Duration.ZERO);
        claimOne();
        assertTrue(rows.redrive(head.row().id()));
        now = now.plus(LEASE);
        Claimed successor = claimOne();
        assertEquals("a2", name(successor));
        assertEquals(List.of(), claim(5));
        assertTrue(done(successor));
        assertEquals("a1", name(claimOne()));
    }

    /** As a node of an earlier version may leave them. */
    @Test
    void twoOfAKeyWhoseWorkersDied_runOneAfterTheOther() throws SQLException {
        writer.write(List.of(InboxEntries.ordered("a1", "a"), InboxEntries.ordered("a2", "a")));
        sql("update webhook_inbox set state = 'RUNNING', due_at_ms = 0");
        Claimed first = claimOne();
        assertEquals("a1", name(first));
        assertEquals(List.of(), claim(5));
        assertTrue(done(first));
        assertEquals("a2", name(claimOne()));
    }

    @Test
    void redrivenRow_hasAllItsAttempts() {
        put(InboxEntries.of("f1"));
        put(InboxEntries.of("f2"));
        claim(5).forEach(c ->
                rows.end(c, c.row().id() % 2 == 0 ? InboxState.DEAD : InboxState.UNHANDLED, "why", Duration.ZERO));
        InboxItem dead = rows.list(InboxState.DEAD, 10).get(0);
        assertEquals(Optional.of("why"), dead.reason());
        assertFalse(rows.redrive(-1));
        assertTrue(rows.redrive(dead.number()));
        assertFalse(rows.redrive(dead.number()), "it is ready by now");
        assertEquals(0, rows.redriveAll("other"));
        assertEquals(count("webhook_inbox where state = 'DEAD' or state = 'UNHANDLED'"), rows.redriveAll("acme"));
        assertEquals(
                List.of(1, 1), claim(5).stream().map(c -> c.row().attempts()).toList());
    }

    @Test
    void reason_isBoundedAndOneLine() {
        put(InboxEntries.of("f1"));
        String reason = InboxWorker.reason(new IllegalStateException("a\r\nb\u202ec" + "\ud83d\ude00".repeat(2000)));
        InboxItem item =
                rows.end(claimOne(), InboxState.DEAD, reason, Duration.ZERO).orElseThrow();
        assertTrue(item.reason().orElseThrow().startsWith("java.lang.IllegalStateException: a b c"));
        assertTrue(item.reason().orElseThrow().length() <= 1000);
    }

    @Test
    void listBeyondItsBounds_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> rows.list(InboxState.DEAD, 0));
        assertThrows(IllegalArgumentException.class, () -> rows.list(InboxState.DEAD, 1001));
    }

    @Test
    void purge_takesTheOldOfOneStateAndLeavesTheKeys() {
        for (int i = 0; i < 5; i++) {
            put(InboxEntries.of("f" + i));
        }
        List<Claimed> claimed = claim(4);
        claimed.subList(0, 3).forEach(this::done);
        rows.end(claimed.get(3), InboxState.DEAD, "bad", Duration.ZERO);
        now = now.plus(Duration.ofDays(7));
        assertEquals(0, rows.purge(InboxState.DONE, Duration.ofDays(7), 100));
        now = now.plusSeconds(10);
        assertEquals(2, rows.purge(InboxState.DONE, Duration.ofDays(7), 2));
        assertEquals(1, rows.purge(InboxState.DONE, Duration.ofDays(7), 2));
        assertEquals(Map.of(InboxState.DEAD, 1L, InboxState.READY, 1L), rows.counts());
        assertEquals(5, count("webhook_delivery"));
    }

    @Test
    void purgeOfMuch_isDoneInPartsAndSaysSo() throws Exception {
        int most = InboxWorker.PURGE_ROUNDS * InboxWorker.PURGE_BATCH;
        for (int i = 0; i <= most; i += 500) {
            writer.write(IntStream.range(i, i + 500)
                    .mapToObj(n -> InboxEntries.of("f" + n))
                    .toList());
        }
        sql("update webhook_inbox set state = 'DONE', changed_at_ms = 0");
        InboxWorker worker = worker(handler("call.ended", event -> {}));
        assertTrue(worker.purge());
        assertEquals(500, count("webhook_inbox"));
        assertFalse(worker.purge());
        assertEquals(0, count("webhook_inbox"));
    }

    @Test
    void deliveriesToBeHandled_areCounted() {
        writer.write(List.of(InboxEntries.of("f1"), InboxEntries.of("f2"), InboxEntries.of("f3")));
        assertTrue(done(claim(1).get(0)));
        claim(1);
        assertEquals(2, rows.waiting());
    }

    private static final Lane BIG = new Lane("acme", "big");

    private void putOfTenant(String tenant, int deliveries) {
        writer.write(IntStream.rangeClosed(1, deliveries)
                .mapToObj(i -> InboxEntries.ofTenant(tenant, i))
                .toList());
    }

    private static Shares shares(int share, int running) {
        Shares shares = new Shares(share);
        for (int i = 0; i < running; i++) {
            shares.begin(BIG);
        }
        return shares;
    }

    @Test
    void batch_hasOfEachTenantNoMoreThanItsShare() {
        putOfTenant("big", 40);
        putOfTenant("small", 2);
        putOfTenant("other", 40);

        InboxRows.Claims claims = claims(16, new Shares(3), true);

        assertEquals(
                List.of("big1", "big2", "big3", "small1", "small2", "other1", "other2", "other3"),
                names(claims.claimed()));
        assertFalse(claims.more(), "it saw all there is");
        assertEquals(8, count("webhook_inbox where state = 'RUNNING' and attempts = 1 and fence = 1"));
        assertEquals(74, count("webhook_inbox where state = 'READY' and attempts = 0 and fence = 0"));
        assertEquals(
                16, claim(16).stream().filter(c -> name(c).startsWith("big")).count(), "the control: no share");
    }

    @Test
    void batchOfATenantThatHasItsShare_isTheOthers() {
        putOfTenant("big", 40);
        putOfTenant("small", 2);
        assertEquals(
                List.of("big1", "small1", "small2"),
                names(claims(16, shares(3, 2), true).claimed()));
        putOfTenant("late", 2);
        assertEquals(
                List.of("late1", "late2"), names(claims(16, shares(3, 3), true).claimed()));
        // A stalled one whose lease is over runs beside its successor.
        assertEquals(List.of(), claims(16, shares(3, 4), true).claimed());
        assertEquals(List.of("big2"), names(claims(16, shares(3, 2), true).claimed()), "the control");
    }

    @Test
    void fullBatch_saysThatThereMayBeMore() {
        putOfTenant("big", 3);
        putOfTenant("small", 2);
        assertTrue(claims(1, shares(3, 2), true).more());
        assertTrue(claims(1, shares(3, 3), true).more());
        InboxRows.Claims last = claims(2, shares(3, 3), true);
        assertEquals(List.of("small2"), names(last.claimed()));
        assertFalse(last.more());
    }

    @Test
    void claimNotPastSpentTenants_stopsAtThem() {
        putOfTenant("big", 40);
        putOfTenant("small", 1);
        InboxRows.Claims claims = claims(4, shares(3, 2), false);
        assertEquals(List.of("big1"), names(claims.claimed()));
        assertFalse(claims.more());
        assertEquals(
                List.of("big2", "small1"), names(claims(4, shares(3, 2), true).claimed()), "the control");
    }

    @Test
    void manyTenantsWithTheirShare_arePassedOver() {
        Shares shares = new Shares(1);
        for (int tenant = 0; tenant < 40; tenant++) {
            putOfTenant("t" + tenant + "-", 2);
            shares.begin(new Lane("acme", "t" + tenant + "-"));
        }
        putOfTenant("free", 2);
        assertEquals(List.of("free1"), names(claims(16, shares, true).claimed()));
    }

    @Test
    void sameTenantOfAnotherSender_hasItsOwnShare() {
        putOfTenant("big", 2);
        Shares shares = new Shares(1);
        shares.begin(new Lane("other", "big"));
        assertEquals(List.of("big1"), names(claims(16, shares, true).claimed()));
    }

    @Test
    void deadOfATenant_takeNothingOfItsShare() {
        putOfTenant("big", 5);
        for (int attempt = 0; attempt < SETTINGS.attempts(); attempt++) {
            assertEquals(4, claim(4).size());
            now = now.plus(LEASE);
        }
        InboxRows.Claims claims = claims(16, shares(3, 2), true);
        assertEquals(4, claims.dead().size());
        assertEquals(List.of("big5"), names(claims.claimed()));
    }

    @Test
    void orderOfATenantWithAShare_isKept() {
        writer.write(List.of(
                InboxEntries.ofTenant("big", 1, Optional.of("a")),
                InboxEntries.ofTenant("big", 2, Optional.of("a")),
                InboxEntries.ofTenant("big", 3, Optional.of("b")),
                InboxEntries.ofTenant("big", 4),
                InboxEntries.ofTenant("small", 1, Optional.of("a")),
                InboxEntries.ofTenant("small", 2, Optional.of("a"))));
        List<Claimed> first = claims(16, new Shares(2), true).claimed();
        assertEquals(List.of("big1", "big3", "small1"), names(first));
        assertTrue(done(first.get(0)));
        assertEquals(List.of("big2"), names(claims(16, shares(2, 1), true).claimed()));
    }

    @Test
    void twoNodesWithShares_claimEachRowOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            putOfTenant("t" + i + "-", 20);
        }
        ConcurrentLinkedQueue<String> all = new ConcurrentLinkedQueue<>();
        List<Future<?>> nodes = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            nodes.add(threads.submit(() -> {
                int empty = 0;
                while (empty < 3) {
                    List<Claimed> claimed = claims(8, new Shares(2), true).claimed();
                    claimed.forEach(c -> all.add(name(c)));
                    empty = claimed.isEmpty() ? empty + 1 : 0;
                }
                return null;
            }));
        }
        for (Future<?> node : nodes) {
            node.get(60, TimeUnit.SECONDS);
        }
        assertEquals(100, all.size());
        assertEquals(100, new HashSet<>(all).size());
    }

    // What follows has a worker at it.

    private InboxWorker worker(Consumer<Runnable> scope, InboxHandler... handlers) {
        return new InboxWorker(
                rows,
                transactions,
                new InboxHandlers(List.of(handlers)),
                new EventBinder(JsonbBuilder.create()),
                SETTINGS,
                threads,
                scope,
                told::add);
    }

    private InboxWorker worker(InboxHandler... handlers) {
        return worker(Runnable::run, handlers);
    }

    private static InboxHandler handler(String type, InboxHandler.Call call) {
        return new InboxHandler("Test." + type, "acme", type, JsonObject.class, call);
    }

    private void await(InboxState state, long count) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            if (rows.counts().getOrDefault(state, 0L) == count) {
                return;
            }
            Thread.sleep(10);
        }
        assertEquals(count, rows.counts().getOrDefault(state, 0L), rows.counts().toString());
    }

    @Test
    void worker_handlesEachOnce() throws Exception {
        ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 50; i++) {
            put(InboxEntries.of("f" + i));
        }
        worker(handler("call.*", event -> handled.add(((JsonObject) event.data()).getString("n"))))
                .wake();
        await(InboxState.DONE, 50);
        assertEquals(50, handled.size());
        assertEquals(50, new HashSet<>(handled).size());
    }

    /** An application that is just starting or stopping may have no request scope to give. */
    @Test
    void scopeThatCannotBeEntered_costsAnAttemptAndNoWorker() throws Exception {
        int deliveries = 2 * SETTINGS.concurrency();
        for (int i = 0; i < deliveries; i++) {
            put(InboxEntries.of("f" + i));
        }
        AtomicBoolean failing = new AtomicBoolean(true);
        AtomicInteger refused = new AtomicInteger();
        InboxWorker worker = worker(
                task -> {
                    // Looking for work is let in, what is found is not.
                    if (failing.get() && rows.counts().containsKey(InboxState.RUNNING)) {
                        refused.incrementAndGet();
                        throw new IllegalStateException("no scope on purpose");
                    }
                    task.run();
                },
                handler("*", event -> {}));
        worker.wake();
        for (int i = 0; i < 1000 && refused.get() < SETTINGS.concurrency(); i++) {
            Thread.sleep(10);
        }
        assertTrue(refused.get() >= SETTINGS.concurrency(), "refused " + refused);
        failing.set(false);
        now = now.plus(LEASE);
        worker.wake();
        await(InboxState.DONE, deliveries);
        worker.stop(Duration.ofSeconds(30));
    }

    @Test
    void failingHandler_isRetriedThenDead() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        put(InboxEntries.of("f1"));
        InboxWorker worker = worker(handler("*", event -> {
            assertEquals(attempts.incrementAndGet(), event.attempt());
            throw new java.io.IOException("no\nline");
        }));
        for (int i = 0; i < SETTINGS.attempts(); i++) {
            long told = this.told.size();
            worker.wake();
            for (int wait = 0; wait < 1000 && this.told.size() == told; wait++) {
                Thread.sleep(10);
            }
            now = now.plus(SETTINGS.backoffMax());
        }
        await(InboxState.DEAD, 1);
        assertEquals(3, attempts.get());
        assertEquals(
                List.of(InboxState.READY, InboxState.READY, InboxState.DEAD),
                told.stream().map(InboxItem::state).toList());
        InboxItem dead = rows.list(InboxState.DEAD, 1).get(0);
        assertEquals(Optional.of("java.io.IOException: no line"), dead.reason());
        // And now it can be handled.
        worker.stop(Duration.ofSeconds(30));
        assertTrue(rows.redrive(dead.number()));
        worker(handler("*", event -> {})).wake();
        await(InboxState.DONE, 1);
        assertEquals(Optional.empty(), rows.list(InboxState.DONE, 1).get(0).reason());
    }

    @Test
    void bodyThatDoesNotBind_isDeadAtOnceAndNotQuoted() throws Exception {
        put(InboxEntries.of("f1", "call.ended", "{\"secret\":\"canary"));
        worker(handler("*", event -> {})).wake();
        await(InboxState.DEAD, 1);
        InboxItem dead = rows.list(InboxState.DEAD, 1).get(0);
        assertEquals(1, dead.attempts());
        assertTrue(dead.reason().orElseThrow().startsWith("the body is not JSON"), dead.toString());
        assertFalse(dead.reason().orElseThrow().contains("canary"));
    }

    @Test
    void typeNobodyHandles_isKeptAsUnhandled() throws Exception {
        put(InboxEntries.of("f1", "fax.ended", "{}"));
        put(InboxEntries.of("f2", null, "{}"));
        InboxWorker first = worker(handler("call.*", event -> {}));
        first.wake();
        await(InboxState.UNHANDLED, 2);
        first.stop(Duration.ofSeconds(30));
        assertEquals(2, told.size());
        assertEquals(2, rows.redriveAll("acme"));
        worker(handler("*", event -> {})).wake();
        await(InboxState.DONE, 2);
    }

    @Test
    void stalledWorker_cannotCommit() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        put(InboxEntries.of("f1"));
        AtomicInteger runs = new AtomicInteger();
        // The handler's effect and the end of the delivery are one transaction, here as on a server.
        ThreadLocal<EntityManager> current = new ThreadLocal<>();
        StoreTransactions shared = new StoreTransactions() {
            @Override
            public <T> T own(Function<EntityManager, T> work) {
                return transactions.own(entities -> {
                    current.set(entities);
                    return work.apply(entities);
                });
            }

            @Override
            public <T> T joined(Function<EntityManager, T> work) {
                return transactions.joined(work);
            }

            @Override
            public void elsewhere(Runnable task) {
                transactions.elsewhere(task);
            }

            @Override
            public HandlerTransaction begin(Duration timeout) {
                return transactions.begin(timeout);
            }
        };
        InboxHandler handler = handler("*", event -> {
            current.get().createNativeQuery("insert into effect values ('f1')").executeUpdate();
            if (runs.incrementAndGet() == 1) {
                inside.countDown();
                assertTrue(goOn.await(30, TimeUnit.SECONDS));
            }
        });
        InboxWorker first = new InboxWorker(
                rows,
                shared,
                new InboxHandlers(List.of(handler)),
                new EventBinder(JsonbBuilder.create()),
                SETTINGS,
                threads,
                Runnable::run,
                told::add);
        first.wake();
        assertTrue(inside.await(30, TimeUnit.SECONDS));
        now = now.plus(LEASE);
        InboxWorker second = new InboxWorker(
                rows,
                shared,
                new InboxHandlers(List.of(handler)),
                new EventBinder(JsonbBuilder.create()),
                SETTINGS,
                threads,
                Runnable::run,
                told::add);
        second.wake();
        await(InboxState.DONE, 1);
        goOn.countDown();
        first.stop(Duration.ofSeconds(30));
        assertEquals(2, runs.get());
        assertEquals(1, count("effect"), "one committed effect");
        assertEquals(
                List.of(InboxState.DONE), told.stream().map(InboxItem::state).toList());
    }

    private static InboxSettings settingsWithShare(int share) {
        return new InboxSettings(
                3,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                LEASE,
                4,
                share,
                Duration.ofDays(7),
                Duration.ofDays(90));
    }

    /** The server's threads, one step at a time: what was handed out and has not been run is what runs. */
    private final class Steps {
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private final List<String> handled = new ArrayList<>();
        private final InboxWorker worker;

        Steps(int share) {
            worker = new InboxWorker(
                    rows,
                    transactions,
                    new InboxHandlers(
                            List.of(handler("*", event -> handled.add(((JsonObject) event.data()).getString("n"))))),
                    new EventBinder(JsonbBuilder.create()),
                    settingsWithShare(share),
                    waiting::add,
                    Runnable::run,
                    told::add);
        }

        int looks() {
            return waiting.size() - (int) count("webhook_inbox where state = 'RUNNING'");
        }

        /** Runs the look that waits behind what was handed out, and no handler. */
        void look() {
            assertEquals(1, looks());
            waiting.removeLast().run();
            assertEquals(0, looks(), "it stops looking by itself");
        }

        String handleOne() {
            waiting.removeFirst().run();
            return handled.get(handled.size() - 1);
        }

        Set<String> running() {
            Set<String> running = new TreeSet<>();
            transactions
                    .own(entities -> entities.createQuery(
                                    "select e from StoredEvent e where e.state = :running", StoredEvent.class)
                            .setParameter("running", InboxState.RUNNING)
                            .getResultStream()
                            .map(row -> name(new Claimed(row, 0, 0)))
                            .toList())
                    .forEach(running::add);
            return running;
        }
    }

    @Test
    void tenantWithManySlowDeliveries_leavesAWorkerToOthers() {
        putOfTenant("big", 20);
        Steps steps = new Steps(3);
        steps.worker.wake();
        steps.look();
        assertEquals(Set.of("big1", "big2", "big3"), steps.running());

        putOfTenant("small", 2);
        steps.worker.wake(new Lane("acme", "small"));
        steps.look();
        assertEquals(Set.of("big1", "big2", "big3", "small1"), steps.running());
    }

    @Test
    void tenantWithoutAShare_holdsAllWorkers() {
        putOfTenant("big", 20);
        Steps steps = new Steps(4);
        steps.worker.wake();
        steps.look();
        putOfTenant("small", 2);
        steps.worker.wake(new Lane("acme", "small"));
        steps.look();
        assertEquals(Set.of("big1", "big2", "big3", "big4"), steps.running(), "the control of the share");
    }

    @Test
    void endOfADelivery_letsTheNextOfItsTenantBegin() {
        putOfTenant("big", 5);
        putOfTenant("small", 2);
        Steps steps = new Steps(3);
        steps.worker.wake();
        steps.look();
        assertEquals(Set.of("big1", "big2", "big3", "small1"), steps.running());
        for (int left = 7; left > 0; left--) {
            steps.handleOne();
            steps.look();
        }
        assertEquals(Map.of(InboxState.DONE, 7L), rows.counts());
        assertEquals(7, new HashSet<>(steps.handled).size());
    }

    @Test
    void deliveryOfATenantThatHasItsShare_wakesNobody() {
        putOfTenant("big", 20);
        Steps steps = new Steps(3);
        steps.worker.wake();
        steps.look();
        steps.worker.wake(BIG);
        assertEquals(0, steps.looks());
        steps.handleOne();
        steps.look();
        assertEquals(3, steps.running().size());
        steps.worker.wake(new Lane("acme", "small"));
        assertEquals(1, steps.looks(), "the control");
    }

    /** Or a tenant with a long backlog would have all of it read for each of its deliveries. */
    @Test
    void endWithinATenantsShare_doesNotLookPastItsBacklog() {
        putOfTenant("big", 20);
        Steps steps = new Steps(3);
        steps.worker.wake();
        steps.look();
        // Stored by another node, of which nobody has told this one.
        putOfTenant("small", 1);
        assertEquals("big1", steps.handleOne());
        steps.look();
        assertEquals(Set.of("big2", "big3", "big4"), steps.running());
        steps.worker.wake();
        steps.look();
        assertEquals(Set.of("big2", "big3", "big4", "small1"), steps.running());
    }

    @Test
    void othersThatFoundNoWorker_areLookedForAtTheNextEnd() {
        putOfTenant("big", 20);
        putOfTenant("small", 1);
        putOfTenant("late", 1);
        Steps steps = new Steps(3);
        steps.worker.wake();
        steps.look();
        assertEquals(Set.of("big1", "big2", "big3", "small1"), steps.running());
        steps.handleOne();
        steps.look();
        steps.handleOne();
        steps.look();
        assertEquals(List.of("big1", "big2"), steps.handled);
        assertEquals(Set.of("big3", "big4", "big5", "small1"), steps.running());
        steps.handleOne();
        // big3, which leaves two; then small1, whose end is not the end of one at its share.
        steps.look();
        steps.handleOne();
        steps.look();
        assertEquals(List.of("big1", "big2", "big3", "small1"), steps.handled);
        assertEquals(Set.of("big4", "big5", "big6", "late1"), steps.running());
    }

    @Test
    void stoppedWorker_waitsForWhatRunsAndBeginsNothing() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        put(InboxEntries.of("f1"));
        InboxWorker worker = worker(handler("*", event -> {
            inside.countDown();
            assertTrue(goOn.await(30, TimeUnit.SECONDS));
        }));
        worker.wake();
        assertTrue(inside.await(30, TimeUnit.SECONDS));
        worker.stop(Duration.ofMillis(50));
        put(InboxEntries.of("f2"));
        worker.wake();
        goOn.countDown();
        worker.stop(Duration.ofSeconds(30));
        assertEquals(Map.of(InboxState.DONE, 1L, InboxState.READY, 1L), rows.counts());
    }
}
