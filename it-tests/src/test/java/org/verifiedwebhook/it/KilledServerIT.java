package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.stall.Stalling;

/**
 * Bar R01: a server that is killed loses nothing it has acknowledged and does nothing twice. Killed at random moments
 * under load, {@code it.rounds} times, and once at each step of a delivery.
 */
class KilledServerIT {

    private static final int ROUNDS = Integer.getInteger("it.rounds", 1);
    private static final int EVENTS = Integer.getInteger("it.events", 400);
    private static final int SENDERS = 8;
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static SampleNode node;

    private final Events events = new Events();

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("KilledServerIT"));
        node = CLOSING.later(new SampleNode("KilledServerIT", database));
        node.start();
    }

    @BeforeEach
    void forgetEarlierEvents() throws SQLException {
        database.execute("truncate " + Events.EFFECTS);
    }

    @AfterEach
    void stallNoMore() throws SQLException {
        database.execute("drop trigger if exists stalling on webhook_delivery");
        database.execute("drop trigger if exists stalling on " + Events.EFFECTS);
    }

    @Test
    void serverKilledAtRandomMomentsUnderLoad_losesNothingAndDoesNothingTwice() throws Exception {
        Random random = new Random(20261122);
        for (int round = 1; round <= ROUNDS; round++) {
            database.execute("truncate " + Events.EFFECTS);
            Events sent = new Events();
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            try {
                List<Future<Boolean>> ends = new ArrayList<>();
                for (int i = 0; i < EVENTS; i++) {
                    Events.Event event = event(i % 2 == 0 ? "zorio" : "chaindoc");
                    ends.add(senders.submit(
                            () -> sent.sendUntilAcknowledged(event, KilledServerIT::root, Duration.ofMinutes(3))));
                }
                Thread.sleep(100 + random.nextInt(1_500));
                node.kill();
                node.start();
                long ready = System.nanoTime();
                for (Future<Boolean> end : ends) {
                    assertTrue(end.get(), "an event was never acknowledged");
                }
                DeliveryCounts counts = sent.count(database, RECOVERY);
                Duration took = Duration.ofNanos(System.nanoTime() - ready);
                System.out.println("R01 random kill, round " + round + ": " + counts + ", all done " + took.toSeconds()
                        + " s after ready");
                assertTrue(counts.everyEventOnce(), counts.toString());
                assertTrue(took.compareTo(RECOVERY) <= 0, took.toString());
            } finally {
                senders.shutdownNow();
            }
        }
    }

    @Test
    void serverKilledWhileItReadsABody_handlesTheNextAttemptOnce() throws Exception {
        List<Events.Event> both = both();
        List<Socket> half = new ArrayList<>();
        for (Events.Event event : both) {
            Socket socket = new Socket(root().getHost(), root().getPort());
            half.add(socket);
            OutputStream out = socket.getOutputStream();
            String body = event.body();
            out.write(("POST /" + event.path() + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body.substring(0, body.length() / 2))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        Thread.sleep(500);
        killAndSendAgain("body half read", both);
        for (Socket socket : half) {
            socket.close();
        }
    }

    @Test
    void serverKilledBetweenVerificationAndItsRow_handlesTheNextAttemptOnce() throws Exception {
        List<Events.Event> both = both();
        try (Connection lock = database.connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table webhook_delivery in access exclusive mode");
            stalled(both, () -> count("select count(*) from pg_locks where not granted") > 0, request -> request);
            node.kill();
        }
        sendAgain("verified", both);
    }

    @Test
    void serverKilledBeforeItsRowIsCommitted_handlesTheNextAttemptOnce() throws Exception {
        List<Events.Event> both = both();
        database.execute(SLEEPING);
        database.execute("create trigger stalling after insert on webhook_delivery execute function stall()");
        stalled(both, KilledServerIT::asleep, request -> request);
        stallNoMore(() -> killAndSendAgain("row inserted", both));
    }

    @Test
    void serverKilledInTheMiddleOfAHandler_commitsOneEffect() throws Exception {
        List<Events.Event> both = both();
        database.execute(SLEEPING);
        database.execute("create trigger stalling after insert on " + Events.EFFECTS + " execute function stall()");
        stalled(both, KilledServerIT::asleep, request -> request);
        stallNoMore(() -> killAndSendAgain("handler half done", both));
    }

    @Test
    void serverKilledBetweenCommitAndAnswer_takesTheNextAttemptForACopy() throws Exception {
        List<Events.Event> both = both();
        long before = count(DONE);
        stalled(both, () -> says(Stalling.BEFORE) >= 2, request -> request.header(Stalling.HEADER, Stalling.BEFORE));
        assertEquals(before + 2, count(DONE), "committed before the answer's first byte");
        killAndSendAgain("committed", both);
    }

    @Test
    void serverKilledInTheMiddleOfAnAnswer_takesTheNextAttemptForACopy() throws Exception {
        List<Events.Event> both = both();
        stalled(both, () -> says(Stalling.AFTER) >= 2, request -> request.header(Stalling.HEADER, Stalling.AFTER));
        killAndSendAgain("response begun", both);
    }

    private static final String DONE = "select count(*) from webhook_delivery where state = 'DONE'";
    private static final String SLEEPING = "create or replace function stall() returns trigger language plpgsql as"
            + " 'begin perform pg_sleep(30); return null; end'";

    /** A step of a test. */
    private interface Step {
        void run() throws Exception;
    }

    /** A trigger cannot go while somebody sleeps in it. */
    private void stallNoMore(Step step) throws Exception {
        node.kill();
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'");
        stallNoMore();
        step.run();
    }

    private static List<Events.Event> both() {
        return List.of(event("zorio"), event("chaindoc"));
    }

    private static Events.Event event(String sender) {
        return new Events.Event(sender, UUID.randomUUID().toString());
    }

    private static URI root() {
        return node.uri("");
    }

    /** Sends events that will not be answered in time, and waits until they have come as far as they are to come. */
    private void stalled(
            List<Events.Event> sent,
            Callable<Boolean> there,
            java.util.function.UnaryOperator<HttpRequest.Builder> change)
            throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(sent.size());
        try {
            sent.forEach(event -> senders.submit(
                    () -> events.send(event, change.apply(event.request(root())).build())));
            long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
            while (!there.call()) {
                assertTrue(System.nanoTime() < end, "the deliveries did not come as far as they were to");
                Thread.sleep(50);
            }
            Thread.sleep(200);
        } finally {
            senders.shutdown();
        }
    }

    private static boolean asleep() throws SQLException {
        return count("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") >= 2;
    }

    private static long says(String where) throws IOException {
        return node.log()
                .lines()
                .filter(line -> line.contains(Stalling.SAYS + where))
                .count();
    }

    private static long count(String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void killAndSendAgain(String step, List<Events.Event> sent) throws Exception {
        node.kill();
        sendAgain(step, sent);
    }

    private void sendAgain(String step, List<Events.Event> sent) throws Exception {
        node.start();
        for (Events.Event event : sent) {
            assertTrue(events.sendUntilAcknowledged(event, KilledServerIT::root, RECOVERY), event.sender());
        }
        DeliveryCounts counts = events.count(database, RECOVERY);
        System.out.println("R01 killed, " + step + ": " + counts);
        assertEquals(sent.size(), counts.attempted());
        assertTrue(counts.everyEventOnce(), counts.toString());
    }
}
