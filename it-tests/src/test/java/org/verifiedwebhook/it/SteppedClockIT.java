package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.clock.ClockServlet;

/**
 * Bar R21: the wall clock of the server steps an hour ahead and back again under load. The senders sign no time, so that
 * nothing of theirs depends on it.
 */
@EnabledIfSystemProperty(named = "it.strict", matches = "true", disabledReason = "a server for two tests")
class SteppedClockIT {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> SENDERS = List.of("chaindoc", "edgvoip");
    private static final Duration SOON = Duration.ofSeconds(30);

    private static FakeTime time;

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static SampleNode node;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Events events = new Events();

    @BeforeAll
    static void start() throws Exception {
        Optional<FakeTime> installed = FakeTime.installed();
        assumeTrue(installed.isPresent(), "libfaketime is not installed: package faketime");
        time = installed.get();
        time.ahead(Duration.ZERO);
        database = CLOSING.later(PostgreSqlProcess.start("SteppedClockIT"));
        node = CLOSING.later(new SampleNode("SteppedClockIT", database, ClockServlet.class))
                .environment(time.environment());
        node.start();
    }

    @BeforeEach
    void forgetEarlierEvents() throws SQLException {
        database.execute("truncate " + Events.EFFECTS);
    }

    @Test
    void clockSteppedUnderLoad_refusesNothingAndOpensNoReplay() throws Exception {
        ConcurrentLinkedQueue<Events.Event> sent = new ConcurrentLinkedQueue<>();
        Map<Integer, Integer> first = new TreeMap<>();
        Map<Integer, Integer> again = new TreeMap<>();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> load = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String sender = SENDERS.get(t % 2);
                load.add(threads.submit(() -> {
                    while (!over.get()) {
                        Events.Event event = event(sender);
                        count(first, events.send(event, root()));
                        sent.add(event);
                        Thread.sleep(10);
                    }
                    return null;
                }));
            }
            for (Duration ahead : List.of(HOUR, Duration.ZERO)) {
                Thread.sleep(1_000);
                step(ahead);
                for (Events.Event event : List.copyOf(sent)) {
                    count(again, events.send(event, root()));
                }
            }
            over.set(true);
            for (Future<?> future : load) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        DeliveryCounts counts = events.count(database, SOON);
        System.out.println("R21 steps of +1 h and -1 h under load: " + counts + "; answers " + first
                + ", to what was sent again " + again);
        assertEquals(List.of(200), List.copyOf(first.keySet()), first.toString());
        assertEquals(List.of(200), List.copyOf(again.keySet()), again.toString());
        assertTrue(counts.everyEventOnce(), counts.toString());
        assertTrue(again.get(200) > 50, "the control: " + again);
    }

    /** A claim and attempts of the inbox that nobody ends, and attempts that failed, all an hour ahead. */
    @Test
    void whatWasLeftBeforeABackwardStep_waitsNoLongerThanItsLease() throws Exception {
        step(HOUR);
        List<Events.Event> left = new ArrayList<>();
        try {
            database.execute("create or replace function refuse() returns trigger language plpgsql as"
                    + " 'begin raise exception ''refused''; end'");
            refuse("effects", "insert", Events.EFFECTS, "true");
            // Releases an inline claim; ends every second attempt of the inbox.
            refuse("releases", "update", "webhook_delivery", "true");
            refuse("ends", "update", "webhook_inbox", "old.state = 'RUNNING' and (old.id / 1024) % 2 = 0");
            for (int i = 0; i < 6; i++) {
                left.add(event("edgvoip"));
                assertEquals(200, events.send(left.get(i), root()));
            }
            left.add(event("chaindoc"));
            int status = events.send(left.get(6), root());
            assertTrue(status >= 500, "its handler failed: " + status);
            awaitRows("webhook_inbox where state = 'RUNNING'", 3);
            awaitRows("webhook_inbox where state = 'READY' and attempts > 0", 1);
            awaitRows("webhook_delivery where state = 'CLAIMED' and lease_until_ms > 0", 1);
            step(Duration.ZERO);
        } finally {
            database.execute("drop trigger if exists refuse_effects on " + Events.EFFECTS);
            database.execute("drop trigger if exists refuse_releases on webhook_delivery");
            database.execute("drop trigger if exists refuse_ends on webhook_inbox");
        }
        long start = System.nanoTime();
        assertTrue(
                events.sendUntilAcknowledged(left.get(6), SteppedClockIT::root, SOON),
                "the claim's lease went on and on");
        Duration claim = Duration.ofNanos(System.nanoTime() - start);
        DeliveryCounts counts = events.count(database, SOON);
        Duration inbox = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("R21 left before a step of -1 h: " + counts + "; the claim granted after "
                + claim.toMillis() + " ms, the inbox done after " + inbox.toMillis() + " ms, leases of "
                + SampleNode.LEASE.toMillis() + " ms");
        assertTrue(counts.everyEventOnce(), counts.toString());
    }

    private static void refuse(String name, String change, String table, String when) throws SQLException {
        database.execute("create trigger refuse_" + name + " before " + change + " on " + table + " for each row when ("
                + when + ") execute function refuse()");
    }

    /** Sets the server's clock, and waits until the server itself says so: the control. */
    private void step(Duration ahead) throws Exception {
        time.ahead(ahead);
        HttpRequest clock = HttpRequest.newBuilder(node.uri("clock")).build();
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (true) {
            String shown = http.send(clock, BodyHandlers.ofString()).body();
            Duration off = Duration.between(Instant.now(), Instant.parse(shown));
            if (off.minus(ahead).abs().compareTo(Duration.ofSeconds(5)) < 0) {
                System.out.println("R21 the server says " + shown + ", " + off.toSeconds() + " s ahead");
                return;
            }
            assertTrue(System.nanoTime() < end, "the server's clock did not step: " + shown);
            Thread.sleep(100);
        }
    }

    private static void awaitRows(String rows, int atLeast) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from " + rows)) {
                count.next();
                if (count.getInt(1) >= atLeast) {
                    return;
                }
            }
            assertTrue(System.nanoTime() < end, "too few " + rows);
            Thread.sleep(20);
        }
    }

    private static void count(Map<Integer, Integer> answers, int status) {
        synchronized (answers) {
            answers.merge(status, 1, Integer::sum);
        }
    }

    private static Events.Event event(String sender) {
        return new Events.Event(sender, UUID.randomUUID().toString());
    }

    private static URI root() {
        return node.uri("");
    }
}
