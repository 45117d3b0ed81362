package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.it.slow.SlowHook;

/** Nobody can keep others from being served by sending a body slowly, or many of them; in 512 MiB of heap. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlowBodiesIT {

    private static final int DEADLINE_MILLIS = 5_000;
    private static final int MEBIBYTE = 1 << 20;

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(SlowBodiesIT.class)
            .deploy(
                    "/slow",
                    Deployments.war("slow")
                            .addPackage(SlowHook.class.getPackage())
                            .setWebXML(WebXml.of(WebXml.filter("zorio", "/servlet/*"))))
            .systemProperty("webhook.zorio.secret", ZorioRequest.SECRET)
            .systemProperty("webhook.read-within", "PT5S")
            .heap("512m");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static URI uri(String path) {
        return SERVER.uri("slow/" + path);
    }

    private long[] gauge() throws Exception {
        return Stream.of(ask("gauge").split(" ")).mapToLong(Long::parseLong).toArray();
    }

    /** How many threads are anywhere in our code or the application's, but for the one that tells. */
    private long threads() throws Exception {
        return Long.parseLong(ask("gauge?threads"));
    }

    /** Well before the deadline, until which one that waits for a body would be held. */
    private long threadsInTheEnd() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        long threads = threads();
        while (threads != 0 && System.nanoTime() < end) {
            Thread.sleep(50);
            threads = threads();
        }
        return threads;
    }

    private String ask(String path) throws Exception {
        HttpRequest question = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(question, HttpResponse.BodyHandlers.ofString()).body();
    }

    @AfterEach
    void nothingIsHeldAnyMore() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (gauge()[0] != 0) {
            assertTrue(System.nanoTime() < end, "bytes are held for ever");
            Thread.sleep(50);
        }
        assertFalse(SERVER.log().contains("OutOfMemoryError"));
    }

    /** Sends a genuine body and says how long that took, in milliseconds. */
    private long good(String path, int length) throws Exception {
        String event = "{\"event\":\"" + UUID.randomUUID() + "\"}";
        String body = event + " ".repeat(length - event.length());
        long begun = System.nanoTime();
        HttpResponse<String> answer = client.send(
                ZorioRequest.signed(uri(path), body)
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals("200 " + length, answer.statusCode() + " " + answer.body());
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private Future<List<Long>> goodOnes(ExecutorService thread, String path, int length, int millis) {
        Callable<List<Long>> sending = () -> {
            List<Long> times = new ArrayList<>();
            long end = System.nanoTime() + millis * 1_000_000L;
            while (System.nanoTime() < end) {
                times.add(good(path, length));
                Thread.sleep(10);
            }
            Collections.sort(times);
            return times;
        };
        return thread.submit(sending);
    }

    private static long p99(List<Long> sorted) {
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }

    private static void report(String text) {
        System.out.println("SlowBodiesIT " + Server.CURRENT + " " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet/hook", "api/hook"})
    @Order(1)
    void thousandSilentAndThousandDrippingBodies_harmNobodyAndEndInTime(String path) throws Exception {
        for (int i = 0; i < 200; i++) {
            good(path, 200);
        }
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SlowSenders senders = new SlowSenders()) {
            for (int i = 0; i < 2000; i++) {
                senders.open(uri(path), 1000, new byte[i % 3], i % 2 == 0);
            }
            senders.turn();
            long threads = threadsInTheEnd();
            Future<List<Long>> good = goodOnes(thread, path, 200, 3_000);
            while (!good.isDone()) {
                senders.turn();
                Thread.sleep(20);
            }
            long inTime = senders.answered();
            long end = System.nanoTime() + 20_000_000_000L;
            while (senders.answered() < 2000 && System.nanoTime() < end) {
                senders.turn();
                Thread.sleep(20);
            }
            List<Long> times = good.get();
            report(path + ": good " + times.size() + ", p99 " + p99(times) + " ms, most " + times.get(times.size() - 1)
                    + " ms; 408 " + senders.count(408) + ", the last after " + senders.slowest()
                    + " ms; threads held " + threads + "; answered meanwhile " + inTime);
            assertEquals(2000, senders.count(408));
            assertTrue(senders.slowest() <= DEADLINE_MILLIS + 2_000, senders.slowest() + " ms");
            assertEquals(0, threads, "threads held");
            assertTrue(p99(times) <= 250, "p99 " + p99(times) + " ms");
        } finally {
            thread.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet/hook", "api/hook"})
    @Order(2)
    void thousandMebibytesHeldBack_leaveMemoryForOthers(String path) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SlowSenders senders = new SlowSenders()) {
            byte[] short1 = new byte[MEBIBYTE - 1];
            long most = 0;
            Future<List<Long>> good = goodOnes(thread, path, 20 << 10, 4_000);
            for (int i = 0; i < 1000; i++) {
                senders.open(uri(path), MEBIBYTE, short1, false);
                if (i % 20 == 0) {
                    senders.turn();
                    most = Math.max(most, gauge()[0]);
                }
            }
            while (!good.isDone()) {
                senders.turn();
                most = Math.max(most, gauge()[0]);
            }
            List<Long> times = good.get();
            report(path + ": good of 20 KiB " + times.size() + ", p99 " + p99(times) + " ms; held at most " + most
                    + "; 503 " + senders.count(503) + ", with Retry-After " + senders.count("Retry-After") + ", reset "
                    + senders.count("reset"));
            assertTrue(most <= 64L << 20, most + " bytes held");
            assertTrue(senders.count(503) > 0 && senders.count(503) == senders.count("Retry-After"));
            assertTrue(p99(times) <= 1_000, "p99 " + p99(times) + " ms");
        } finally {
            thread.shutdown();
        }
        nothingIsHeldAnyMore();
        long begun = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            good(path, MEBIBYTE);
        }
        report(path + ": 1000 of 1 MiB in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    private static String head(String path, String headers) {
        return "POST " + uri(path).getPath() + " HTTP/1.1\r\nHost: " + uri("").getAuthority() + "\r\n" + headers
                + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet/hook", "api/hook"})
    @Order(4)
    void bodyTooLong_is413AndNobodyWaitsForItsEnd(String path) throws Exception {
        // Over 10 MiB Undertow does not ask the application.
        int huge = Server.CURRENT == Server.WILDFLY ? 400 : 413;
        assertRefused(huge, path, "10 GiB", "Content-Length: 10737418240\r\n", "");
        assertRefused(413, path, "10 MB", "Content-Length: 10000000\r\n", "");
        // One more chunk than the mebibyte; the end of the body never comes.
        String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";
        assertRefused(413, path, "endless chunks", "Transfer-Encoding: chunked\r\n", chunk.repeat(17));
    }

    private static void assertRefused(int status, String path, String what, String head, String body) throws Exception {
        long begun = System.nanoTime();
        RawHttp.Conversation refused = RawHttp.converse(uri(path), head(path, head) + body, 2_000);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        report(path + ": " + what + ": " + refused.said().lines().findFirst().orElse("-") + ", closed "
                + refused.closed() + ", after " + millis + " ms");
        assertTrue(refused.begins(status), refused.said());
        assertTrue(refused.said().toLowerCase(Locale.ROOT).contains("connection: close"), refused.said());
        if (Server.CURRENT == Server.WILDFLY) {
            // Payara waits for the rest of the body first, for 15 seconds at least.
            assertTrue(refused.closed());
        }
    }

    /** No bar, a figure: how many bodies that come at once are handled without being put aside. */
    @ParameterizedTest
    @ValueSource(strings = {"servlet/hook", "api/hook"})
    @Order(3)
    void bodiesOfAKibibyteOverKeptConnections_areMostlyNotPutAside(String path) throws Exception {
        long before = gauge()[1];
        for (int i = 0; i < 500; i++) {
            good(path, 1 << 10);
        }
        report(path + ": of 500 bodies of 1 KiB put aside " + (gauge()[1] - before));
    }

    /** The control: this is what slow bodies do to who waits for them. */
    @Test
    @Order(5)
    void naiveServlet_isKnockedOutByAFew() throws Exception {
        try (SlowSenders senders = new SlowSenders()) {
            for (int i = 0; i < 5; i++) {
                senders.open(uri("naive"), 1000, new byte[1], false);
            }
            senders.turn();
            Thread.sleep(1_000);
            assertEquals(5, threads(), "each holds a thread");
            for (int i = 5; i < (Server.CURRENT == Server.WILDFLY ? 40 : 300); i++) {
                senders.open(uri("naive"), 1000, new byte[1], false);
            }
            senders.turn();
            Thread.sleep(1_000);
            assertThrows(HttpTimeoutException.class, () -> good("servlet/hook", 200));
        }
    }
}
