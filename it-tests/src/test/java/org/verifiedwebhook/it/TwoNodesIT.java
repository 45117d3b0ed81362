package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bars R04 and R05: two nodes on one database handle each event once, even when one of them stalls. */
class TwoNodesIT {

    private static final int EVENTS = Integer.getInteger("it.copied-events", 200);
    private static final int COPIES = 10;

    private static PostgreSqlProcess database;
    private static SampleNode first;
    private static SampleNode second;

    private final Events events = new Events();

    @BeforeAll
    static void start() throws Exception {
        database = PostgreSqlProcess.start("TwoNodesIT");
        first = new SampleNode("TwoNodesIT-1", database);
        first.start();
        second = new SampleNode("TwoNodesIT-2", database);
        second.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
        if (database != null) {
            database.close();
        }
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
