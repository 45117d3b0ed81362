package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.rotation.SecretsServlet;

/**
 * Bars R04, R05, R18 and R24: two nodes on one database handle each event once, even when one of them stalls or dies or
 * the database goes, before senders lose their patience; and secrets rotate for both.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {

    private static final int EVENTS = Integer.getInteger("it.copied-events", 200);
    private static final int COPIES = 10;

    private static final int LOAD_ROTATIONS = Integer.getInteger("it.load-rotations", 2);
    private static final int LOAD_REQUESTS = Integer.getInteger("it.load-requests", 500);

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static SampleNode first;
    private static SampleNode second;

    private final Events events = new Events();

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("TwoNodesIT"));
        first = CLOSING.later(new SampleNode("TwoNodesIT-1", database, SecretsServlet.class));
        first.start();
        second = CLOSING.later(new SampleNode("TwoNodesIT-2", database, SecretsServlet.class));
        second.start();
    }

    @BeforeEach
    void forgetEarlierEvents() throws SQLException {
        database.execute("truncate " + Events.EFFECTS);
    }

    @Test
    void copiesAtOnceOnBothNodes_takeEffectOnce() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(COPIES);
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        try {
            for (int i = 0; i < EVENTS; i++) {
                Events.Event event = event(i % 2 == 0 ? "zorio" : "chaindoc");
                List<Future<Integer>> copies = new ArrayList<>();
                for (int c = 0; c < COPIES; c++) {
                    SampleNode node = c % 2 == 0 ? first : second;
                    copies.add(senders.submit(() -> events.send(event, node.uri(""))));
                }
                for (Future<Integer> copy : copies) {
                    statuses.merge(copy.get(), 1, Integer::sum);
                }
                assertTrue(events.sendUntilAcknowledged(event, () -> second.uri(""), Duration.ofSeconds(10)));
            }
        } finally {
            senders.shutdownNow();
        }
        DeliveryCounts counts = events.count(database, Duration.ofSeconds(30));
        System.out.println("R04 " + EVENTS + " events, " + COPIES + " copies at once on two nodes: " + counts
                + ", answers " + statuses);
        assertTrue(counts.everyEventOnce(), counts.toString());
        assertTrue(Set.of(200, 503).containsAll(statuses.keySet()), statuses.toString());
    }

    @Test
    void copyIsAcknowledgedOnlyAfterTheFirstHasCommitted_andRunsIfThatFailed() throws Exception {
        Events.Event event = event("chaindoc");
        database.execute("create or replace function stall() returns trigger language plpgsql as"
                + " 'begin perform pg_sleep(2); raise exception ''the first one fails''; end'");
        database.execute("create trigger stalling after insert on " + Events.EFFECTS + " execute function stall()");
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> firstAttempt = sender.submit(() -> events.send(event, first.uri("")));
            awaitSleeping();
            assertEquals(503, events.send(event, second.uri("")), "the copy of one that is still in flight");
            database.execute("create or replace function stall() returns trigger language plpgsql as"
                    + " 'begin return null; end'");
            assertTrue(firstAttempt.get() >= 500, "the first one failed: " + firstAttempt.get());
            assertTrue(events.sendUntilAcknowledged(event, () -> second.uri(""), Duration.ofSeconds(10)));
        } finally {
            sender.shutdownNow();
            database.execute("drop trigger stalling on " + Events.EFFECTS);
        }
        assertTrue(events.count(database, Duration.ofSeconds(5)).everyEventOnce());
    }

    @Test
    void nodeThatStalledInAHandlerPastItsClaim_cannotComplete() throws Exception {
        Events.Event event = event("chaindoc");
        database.execute("create or replace function stall() returns trigger language plpgsql as"
                + " 'begin perform pg_sleep(1); return null; end'");
        database.execute("create trigger stalling after insert on " + Events.EFFECTS + " execute function stall()");
        ExecutorService sender = Executors.newSingleThreadExecutor();
        Future<Integer> stalled;
        AtomicInteger answered = new AtomicInteger();
        try {
            stalled = sender.submit(() -> {
                answered.set(events.send(event, first.uri("")));
                return answered.get();
            });
            awaitSleeping();
            first.pause();
            assertTrue(
                    events.sendUntilAcknowledged(event, () -> second.uri(""), SampleNode.LEASE.plusSeconds(15)),
                    "the other node takes over when the claim has ended");
        } finally {
            first.resume();
            sender.shutdown();
        }
        stalled.get();
        Thread.sleep(3_000);
        database.execute("drop trigger stalling on " + Events.EFFECTS);
        DeliveryCounts counts = events.count(database, Duration.ofSeconds(5));
        System.out.println("R05 stalled node: " + counts + ", it answered " + answered + " (0: too late)");
        assertTrue(counts.everyEventOnce(), counts.toString());
        assertTrue(
                first.log().contains("longer than the claim's lease") || answered.get() == 0 || answered.get() >= 500,
                "the stalled node must not acknowledge by itself: " + answered);
    }

    /** EDGVoIP gives up 14 s after its first attempt, Chaindoc (an hour in a minute) after 21 s. */
    @Test
    @EnabledIfSystemProperty(named = "it.strict", matches = "true", disabledReason = "takes as long as senders wait")
    void databaseAwayForTenSeconds_isShorterThanSendersPatience() throws Exception {
        try (PatientSenders senders = patientSenders(() -> first.uri(""))) {
            CompletableFuture<Void> edgvoip = senders.send("edgvoip", Duration.ofSeconds(16));
            CompletableFuture<Void> chaindoc = senders.send("chaindoc", Duration.ofSeconds(16));
            Thread.sleep(1_000);
            database.kill();
            Thread.sleep(10_000);
            database.startAgain();
            edgvoip.get();
            chaindoc.get();
            assertHandledOnce("R24 database away for 10 s", senders);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "it.strict", matches = "true", disabledReason = "starts a server again")
    void nodeKilledAndStartedAgain_isShorterThanSendersPatience() throws Exception {
        // A balancer sends to a dead node until it notices, and to one that starts only when that says it is ready.
        AtomicReference<URI> balanced = new AtomicReference<>(first.uri(""));
        try (PatientSenders senders = patientSenders(balanced::get)) {
            CompletableFuture<Void> edgvoip = senders.send("edgvoip", Duration.ofSeconds(20));
            CompletableFuture<Void> chaindoc = senders.send("chaindoc", Duration.ofSeconds(20));
            Thread.sleep(2_000);
            first.kill();
            first.start();
            balanced.set(first.uri(""));
            edgvoip.get();
            chaindoc.get();
            assertHandledOnce("R24 one node killed and started again", senders);
        }
    }

    /** Last: afterwards the secret is another. */
    @Test
    @Order(Integer.MAX_VALUE)
    void secretRotatedUnderLoadOnBothNodes_refusesNoGoodRequest() throws Exception {
        RotationUnderLoad.Figures figures =
                new RotationUnderLoad(List.of(first, second), LOAD_ROTATIONS, LOAD_REQUESTS).run();
        System.out.println("R18 two nodes: " + figures);
        assertEquals(Map.of(), figures.refused(), "good requests that were refused");
        assertTrue(figures.good() >= LOAD_REQUESTS, "the control: " + figures.good());
        assertEquals(2 * LOAD_ROTATIONS, figures.ends().size());
        assertTrue(Collections.max(figures.ends()) <= 5_000, "old secrets after their end: " + figures.ends());
        assertEquals(2, figures.removals().size());
        assertTrue(Collections.max(figures.removals()) <= 5_000, "removed secrets: " + figures.removals());
    }

    private PatientSenders patientSenders(Supplier<URI> firstNode) {
        return new PatientSenders(events, List.of(firstNode, () -> second.uri("")));
    }

    private void assertHandledOnce(String name, PatientSenders senders) throws Exception {
        DeliveryCounts counts = events.count(database, Duration.ofSeconds(30));
        System.out.println(name + ": " + counts + "; " + senders);
        assertTrue(counts.everyEventHandledOnce(), counts + "; " + senders);
        assertTrue(senders.attempts().keySet().stream().anyMatch(n -> n > 1), "the control: nobody was kept waiting");
    }

    private static void awaitSleeping() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select count(*) from pg_stat_activity where wait_event = 'PgSleep'")) {
                rows.next();
                if (rows.getInt(1) > 0) {
                    return;
                }
            }
            assertTrue(System.nanoTime() < end, "the handler did not come as far as its effect");
            Thread.sleep(20);
        }
    }

    private static Events.Event event(String sender) {
        return new Events.Event(sender, UUID.randomUUID().toString());
    }
}
