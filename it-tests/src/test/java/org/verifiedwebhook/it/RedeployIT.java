package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Bar R23: the sample is installed anew {@code it.redeploys} times under load, on one of two nodes at a time. Nothing is
 * lost, and no gate of an earlier application stays in memory. (Whether its classes do is not looked at.)
 */
@DisabledOnServer(value = Server.PAYARA_MICRO, reason = "it is not administered while it runs")
class RedeployIT {

    private static final int REDEPLOYS = Integer.getInteger("it.redeploys", 2);
    private static final int SENDERS = 4;

    /** A row of the histogram: an application that is gone, but held by something, has a row of its own. */
    private static final Pattern GATE = Pattern.compile("(?m) org\\.verifiedwebhook\\.WebhookGate$");

    private static PostgreSqlProcess database;
    private static SampleNode first;
    private static SampleNode second;

    @BeforeAll
    static void start() throws Exception {
        database = PostgreSqlProcess.start("RedeployIT");
        first = SampleNode.installed("RedeployIT-1", database);
        first.start();
        second = SampleNode.installed("RedeployIT-2", database);
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

    @Test
    void applicationInstalledAnewUnderLoad_losesNothingAndReplacesTheEarlierOne() throws Exception {
        Events events = new Events();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger turn = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                String sender = i % 2 == 0 ? "zorio" : "chaindoc";
                all.add(senders.submit(() -> {
                    while (!over.get()) {
                        Events.Event event =
                                new Events.Event(sender, UUID.randomUUID().toString());
                        assertTrue(events.sendUntilAcknowledged(event, () -> eitherNode(turn), Duration.ofMinutes(2)));
                        Thread.sleep(20);
                    }
                    return null;
                }));
            }
            for (int i = 0; i < REDEPLOYS; i++) {
                (i % 2 == 0 ? first : second).installAgain();
            }
            over.set(true);
            for (Future<?> sender : all) {
                sender.get();
            }
        } finally {
            over.set(true);
            senders.shutdown();
        }
        DeliveryCounts counts = events.count(database, Duration.ofSeconds(30));
        System.out.println("R23 " + Server.CURRENT + ", installed anew " + REDEPLOYS + " times: " + counts);
        assertTrue(counts.attempted() > REDEPLOYS * 20, counts + ": the control");
        assertTrue(counts.everyEventOnce(), counts.toString());
        for (SampleNode node : List.of(first, second)) {
            assertEquals(1, gatesInTheEnd(node), "applications in memory");
        }
    }

    private static URI eitherNode(AtomicInteger turn) {
        return (turn.getAndIncrement() % 2 == 0 ? first : second).uri("");
    }

    /** How many applications have a gate, once everything is gone that goes by itself. */
    private static long gatesInTheEnd(SampleNode node) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (true) {
            String histogram = node.diagnose("GC.class_histogram");
            long gates = GATE.matcher(histogram).results().count();
            assertTrue(gates > 0, "the control");
            if (gates == 1 || System.nanoTime() > end) {
                return gates;
            }
            Thread.sleep(3_000);
        }
    }
}
