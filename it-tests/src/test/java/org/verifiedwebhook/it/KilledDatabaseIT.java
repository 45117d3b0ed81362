package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bars R02 and R03: while the database cannot answer, only 503, soon; nothing lost; well again by itself. */
class KilledDatabaseIT {

    private static final int ROUNDS = Integer.getInteger("it.database-rounds", 1);
    /** Whether the machine is quiet enough for bars of milliseconds; the profile "chaos" says so. */
    private static final boolean STRICT = Boolean.getBoolean("it.strict");

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration WELL_AGAIN = Duration.ofSeconds(10);
    /** More than the sample's pool has connections. */
    private static final int SENDERS = 24;

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static SampleNode node;

    private final Events events = new Events();

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("KilledDatabaseIT"));
        node = CLOSING.later(new SampleNode("KilledDatabaseIT", database));
        node.start();
    }

    @BeforeEach
    void warm() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertAccepted("zorio");
            assertAccepted("chaindoc");
        }
        Thread.sleep(1_000);
    }

    private static void assertAccepted(String sender) throws Exception {
        int status = new Events().send(event(sender), root());
        assertEquals(200, status, () -> sender + "; the server's log ends with:\n" + endOfLog());
    }

    private static String endOfLog() {
        try {
            List<String> lines = node.log().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 150), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void databaseKilledUnderLoad_losesNothingAndComesBackByItself() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            outage("R02 database killed, round " + round, () -> database.kill(), () -> database.startAgain());
        }
    }

    @Test
    void databaseThatNoLongerAnswers_isAnswered503WithinThreeSeconds() throws Exception {
        outage("R03 database stopped", () -> database.pause(), () -> database.resume());
    }

    @Test
    void poolWhoseConnectionsAllWait_isAnswered503WithinThreeSeconds() throws Exception {
        try (Connection lock = database.connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            outage(
                    "R03 every connection of the pool waits",
                    () -> statement.execute("lock table webhook_delivery in access exclusive mode"),
                    lock::rollback);
        }
    }

    /** What was handled before can still be read, and its copies answered. */
    @Test
    void databaseWhoseDiskIsFull_isAnswered503WithinThreeSeconds() throws Exception {
        outage("R03 disk full", () -> database.fillDisk(), () -> database.freeDisk(), Set.of(200, 503));
    }

    /** A step of a test. */
    private interface Step {
        void run() throws Exception;
    }

    private void outage(String name, Step begin, Step end) throws Exception {
        outage(name, begin, end, Set.of(503));
    }

    /** @param ofCopies how copies of what was handled before may be answered */
    private void outage(String name, Step begin, Step end, Set<Integer> ofCopies) throws Exception {
        database.execute("truncate " + Events.EFFECTS);
        Events sent = new Events();
        ConcurrentLinkedQueue<Attempt> during = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> elsewhere = new ConcurrentLinkedQueue<>();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS + 1);
        try {
            List<Events.Event> all = new ArrayList<>();
            for (int i = 0; i < 8 * SENDERS; i++) {
                all.add(event(i % 2 == 0 ? "zorio" : "chaindoc"));
            }
            // Before: half of them get through.
            Set<Events.Event> before = new HashSet<>();
            for (Events.Event event : all.subList(0, all.size() / 2)) {
                assertEquals(200, sent.send(event, root()));
                before.add(event);
            }
            begin.run();
            long down = System.nanoTime();
            long until = down + TimeUnit.SECONDS.toNanos(8);
            List<Future<?>> ends = new ArrayList<>();
            for (int s = 0; s < SENDERS; s++) {
                List<Events.Event> own = all.subList(s * 8, (s + 1) * 8);
                ends.add(senders.submit(() -> {
                    for (int i = 0; System.nanoTime() < until; i = (i + 1) % own.size()) {
                        long start = System.nanoTime();
                        int status = sent.send(own.get(i), root());
                        during.add(new Attempt(own.get(i), status, System.nanoTime() - start));
                        Thread.sleep(100);
                    }
                    return null;
                }));
            }
            ends.add(senders.submit(() -> {
                while (System.nanoTime() < until) {
                    elsewhere.add(ready());
                    Thread.sleep(20);
                }
                return null;
            }));
            HttpResponse<Void> answer =
                    http.send(event("chaindoc").request(root()).build(), BodyHandlers.discarding());
            assertEquals(503, answer.statusCode());
            assertEquals("5", answer.headers().firstValue("Retry-After").orElse(null));
            for (Future<?> future : ends) {
                future.get();
            }
            end.run();
            long back = System.nanoTime();
            assertTrue(sent.sendUntilAcknowledged(event("chaindoc"), KilledDatabaseIT::root, WELL_AGAIN), "inline");
            assertTrue(sent.sendUntilAcknowledged(event("zorio"), KilledDatabaseIT::root, WELL_AGAIN), "inbox");
            Duration well = Duration.ofNanos(System.nanoTime() - back);
            for (Events.Event event : all) {
                assertTrue(sent.sendUntilAcknowledged(event, KilledDatabaseIT::root, Duration.ofSeconds(40)));
            }
            DeliveryCounts counts = sent.count(database, Duration.ofSeconds(40));
            TreeMap<Integer, Integer> statuses = new TreeMap<>();
            during.forEach(a -> statuses.merge(a.status(), 1, Integer::sum));
            Attempt last = during.stream()
                    .max(Comparator.comparingLong(Attempt::nanos))
                    .orElseThrow();
            long slowest = last.nanos();
            System.out.printf(
                    "%s: %s; while down %s, the slowest (%s) after %d ms; elsewhere p99 %d ms; well again after %d ms%n",
                    name,
                    counts,
                    statuses,
                    last.event().sender(),
                    slowest / 1_000_000,
                    p99(elsewhere),
                    well.toMillis());
            for (Attempt attempt : during) {
                Set<Integer> allowed = before.contains(attempt.event()) ? ofCopies : Set.of(503);
                assertTrue(allowed.contains(attempt.status()), attempt + " while the database was down");
            }
            assertTrue(slowest <= SOON.toNanos(), slowest / 1_000_000 + " ms");
            if (STRICT) {
                assertTrue(p99(elsewhere) <= 100, "other endpoints: p99 " + p99(elsewhere) + " ms");
            }
            assertTrue(well.compareTo(WELL_AGAIN) <= 0, well.toString());
            assertTrue(counts.everyEventOnce(), counts.toString());
        } finally {
            senders.shutdownNow();
        }
    }

    private record Attempt(Events.Event event, int status, long nanos) {}

    private final HttpClient http = HttpClient.newHttpClient();

    /** How long an endpoint takes that needs no database, in milliseconds. */
    private long ready() throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<Void> answer =
                http.send(HttpRequest.newBuilder(node.uri("ready")).build(), BodyHandlers.discarding());
        assertEquals(200, answer.statusCode());
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static long p99(ConcurrentLinkedQueue<Long> millis) {
        long[] sorted = millis.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * 0.99)];
    }

    private static Events.Event event(String sender) {
        return new Events.Event(sender, UUID.randomUUID().toString());
    }

    private static URI root() {
        return node.uri("");
    }
}
