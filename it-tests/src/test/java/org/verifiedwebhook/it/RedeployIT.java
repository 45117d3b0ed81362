package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Bar R23: the sample is installed anew {@code it.redeploys} times under load, on one of two nodes at a time. Nothing is
 * lost, and no earlier application stays in memory.
 */
@DisabledOnServer(value = Server.PAYARA_MICRO, reason = "it is not administered while it runs")
class RedeployIT {

    private static final int REDEPLOYS = Integer.getInteger("it.redeploys", 2);
    private static final int SENDERS = 4;
    private static final int AT_ONCE = 64;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * A row of the histogram for each application in memory. Constants stay as long as their class. Threads of Payara's own
     * pools keep the class loader that they were made under, so there it is what an application has made that must go.
     */
    private static final Pattern APPLICATION = Pattern.compile(
            Server.CURRENT == Server.WILDFLY
                    ? "(?m) org\\.verifiedwebhook\\.sender\\.Reason$"
                    : "(?m) org\\.verifiedwebhook\\.WebhookGate$");

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static SampleNode first;
    private static SampleNode second;

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("RedeployIT"));
        first = CLOSING.later(SampleNode.empty("RedeployIT-1", database));
        second = CLOSING.later(SampleNode.empty("RedeployIT-2", database));
        for (SampleNode node : List.of(first, second)) {
            node.boot();
            occupyThreads(node);
            node.install();
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
                (i % 2 == 0 ? first : second).install();
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
            assertEquals(1, applicationsInTheEnd(node), "applications in memory");
        }
    }

    private static URI eitherNode(AtomicInteger turn) {
        return (turn.getAndIncrement() % 2 == 0 ? first : second).uri("");
    }

    /**
     * A thread of WildFly never lets go of the first request that it was given, and some live as long as the server: let
     * that be one of no application.
     */
    private static void occupyThreads(SampleNode node) {
        HttpRequest request = HttpRequest.newBuilder(node.uri("")).build();
        CompletableFuture<?>[] answers = new CompletableFuture<?>[AT_ONCE];
        Arrays.setAll(answers, i -> HTTP.sendAsync(request, BodyHandlers.discarding()));
        CompletableFuture.allOf(answers).join();
    }

    /** How many applications are in memory, once everything is gone that goes by itself. */
    private static long applicationsInTheEnd(SampleNode node) throws Exception {
        Events events = new Events();
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (true) {
            // JDK 17 remembers the last record that was compared, which is to be one of the present application.
            for (String sender : List.of("zorio", "chaindoc")) {
                events.send(new Events.Event(sender, UUID.randomUUID().toString()), node.uri(""));
            }
            String histogram = node.diagnose("GC.class_histogram");
            long found = APPLICATION.matcher(histogram).results().count();
            assertTrue(found > 0, "the control");
            if (found == 1 || System.nanoTime() > end) {
                return found;
            }
            Thread.sleep(3_000);
        }
    }
}
