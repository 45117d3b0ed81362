package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.hold.HoldHook;

/** Bar R03, "pool exhausted": a sound database, and no connection left for a delivery. */
class PoolExhaustedIT {

    /** As the sample defines its pool. */
    private static final int POOL = 20;
    /** How many deliveries of one sender and tenant may have a connection; {@code docs/settings.md} tells it. */
    private static final int SHARE = 9;
    /** Of all together. */
    private static final int TURNS = 12;

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static ServerExtension server;

    // Not HTTP/2, whose streams Payara may leave alone while one that came with the upgrade is handled.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Events events = new Events();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("PoolExhaustedIT"));
        database.execute("create table hold_effect (name varchar(100) not null)");
        server = new ServerExtension(PoolExhaustedIT.class)
                .deploy("/", Deployments.sampleWar().addPackage(HoldHook.class.getPackage()))
                .systemProperty("webhook.demo", "true")
                .systemProperty("webhook.jpa.key", Base64.getEncoder().encodeToString(new byte[32]))
                .systemProperties(database.settings());
        CLOSING.later(() -> server.afterAll(null));
        server.beforeAll(null);
        // What is made at the first request is there, and the secrets are known.
        Events first = new Events();
        for (String sender : List.of("zorio", "chaindoc")) {
            assertTrue(first.sendUntilAcknowledged(event(sender), PoolExhaustedIT::root, PATIENCE), sender);
        }
    }

    private static Events.Event event(String sender) {
        return new Events.Event(sender, UUID.randomUUID().toString());
    }

    private static URI root() {
        return server.uri("");
    }

    private static HttpRequest hold(Events.Event event) {
        return event.request(root())
                .uri(root().resolve("hold?name=" + event.marker()))
                .timeout(PATIENCE)
                .build();
    }

    private static int count(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void awaitCount(int wanted, String sql) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (count(sql) < wanted) {
            assertTrue(System.nanoTime() < end, count(sql) + " instead of " + wanted + ": " + sql);
            Thread.sleep(50);
        }
    }

    /** Sends these at once and once; what they were answered, by how many, the slowest within the bar. */
    private TreeMap<Integer, Integer> sendAll(List<Events.Event> all) throws Exception {
        List<Future<Long>> answers = new ArrayList<>();
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        for (Events.Event event : all) {
            answers.add(threads.submit(() -> {
                long start = System.nanoTime();
                int status = events.send(event, root());
                long took = System.nanoTime() - start;
                synchronized (statuses) {
                    statuses.merge(status, 1, Integer::sum);
                }
                return took;
            }));
        }
        List<Long> times = new ArrayList<>();
        for (Future<Long> answer : answers) {
            times.add(answer.get());
        }
        long slowest = Collections.max(times);
        System.out.printf("R03 pool exhausted: %s, the slowest after %d ms%n", statuses, slowest / 1_000_000);
        assertTrue(slowest <= SOON.toNanos(), slowest / 1_000_000 + " ms, " + statuses);
        return statuses;
    }

    private static List<Events.Event> some(String sender) {
        return some(sender, POOL);
    }

    private static List<Events.Event> some(String sender, int number) {
        List<Events.Event> some = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            some.add(event(sender));
        }
        return some;
    }

    private void assertEachTakesEffectOnce(List<Events.Event> all) throws Exception {
        for (Events.Event event : all) {
            assertTrue(events.sendUntilAcknowledged(event, PoolExhaustedIT::root, PATIENCE), event.sender());
        }
        for (Events.Event event : all) {
            awaitCount(
                    1,
                    "select count(*) from " + Events.EFFECTS + " where coalesce(delivery_id, event_type) = '"
                            + event.marker() + "'");
        }
        Thread.sleep(500);
        for (Events.Event event : all) {
            assertEquals(
                    1,
                    count("select count(*) from " + Events.EFFECTS + " where coalesce(delivery_id, event_type) = '"
                            + event.marker() + "'"));
        }
    }

    @Test
    void handlersThatSleepWithTheirConnections_leaveSomeToOthersAndLoseNothing() throws Exception {
        List<Events.Event> sleepers = new ArrayList<>();
        List<Future<Integer>> held = new ArrayList<>();
        for (int i = 0; i < POOL + 10; i++) {
            Events.Event sleeper = event("chaindoc");
            sleepers.add(sleeper);
            held.add(threads.submit(
                    () -> http.send(hold(sleeper), BodyHandlers.discarding()).statusCode()));
        }
        awaitCount(SHARE, "select count(*) from pg_stat_activity where state = 'idle in transaction'");
        List<Events.Event> inline = some("chaindoc");
        List<Events.Event> stored = some("zorio");
        List<Events.Event> others = some("chaindoc-v2", TURNS - SHARE);
        assertEquals(Map.of(503, POOL), sendAll(inline));
        assertEquals(Map.of(200, TURNS - SHARE), sendAll(others), "another sender");
        assertEquals(Map.of(200, POOL), sendAll(stored));
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        for (Future<Integer> status : held) {
            statuses.merge(status.get(), 1, Integer::sum);
        }
        assertEquals(Map.of(200, SHARE, 503, sleepers.size() - SHARE), statuses);
        assertEachTakesEffectOnce(inline);
        assertEachTakesEffectOnce(others);
        assertEachTakesEffectOnce(stored);
        assertEquals(SHARE, count("select count(*) from hold_effect"), "a handler that was refused has done nothing");
    }

    @Test
    @DisabledOnServer(
            value = Server.WILDFLY,
            reason = "it waits half a minute for a connection of a pool that the application defines, whatever is set")
    void poolThatTheApplicationEmpties_is503SoonAndLosesNothing() throws Exception {
        List<Future<Integer>> held = new ArrayList<>();
        HttpRequest hold =
                HttpRequest.newBuilder(root().resolve("hold-connection")).build();
        for (int i = 0; i < POOL; i++) {
            held.add(threads.submit(
                    () -> http.send(hold, BodyHandlers.discarding()).statusCode()));
        }
        awaitCount(POOL, "select count(*) from pg_stat_activity where application_name = 'held'");
        List<Events.Event> all = some("chaindoc");
        all.addAll(some("zorio"));
        assertEquals(Map.of(503, 2 * POOL), sendAll(all));
        for (Future<Integer> status : held) {
            assertEquals(200, status.get());
        }
        assertEachTakesEffectOnce(all);
    }
}
