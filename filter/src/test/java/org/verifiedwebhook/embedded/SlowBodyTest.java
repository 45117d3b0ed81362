package org.verifiedwebhook.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that arrive slowly, or never, at filters that are mapped to requests only. In Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowBodyTest {

    private static final int DEADLINE_MILLIS = 2_000;
    private static final int PATIENCE_MILLIS = 10_000;
    /** More than half of what the budget has for large bodies. */
    private static final int LARGE = 500_000;

    @TempDir
    static Path directory;

    private final List<Socket> sockets = new ArrayList<>();
    private EmbeddedServer server;
    private URI uri;
    private CapturedLog log;

    @BeforeAll
    void start() throws Exception {
        log = CapturedLog.of("org.verifiedwebhook");
        server = new TomcatServer();
        uri = Webapp.start(
                server,
                directory,
                Webapp.contract()
                        .filterOfRequests("aside", "/hooks/*", true)
                        .filterOfRequests("blocking", "/inner/*", false)
                        .envEntry("webhook/read-within", "PT2S")
                        .envEntry("webhook/body-budget", Integer.toString(1 << 20))
                        .envEntry("webhook/zorio/max-body", Integer.toString(LARGE)));
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        log.close();
    }

    @AfterEach
    void nothingIsHeldAnyMore() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (!get("/held").equals("0")) {
            assertTrue(System.nanoTime() < end, () -> "bytes are held for ever");
            Thread.sleep(20);
        }
    }

    private String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri.resolve(path)).build();
            return ZorioCall.CLIENT
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a head with the right signature of {@code body}, and the body's first bytes. */
    private Socket begin(String path, String body, int bytes) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nContent-Length: "
                + body.length() + "\r\nX-Zorio-Timestamp: " + Instant.now().getEpochSecond()
                + "\r\nX-Zorio-Signature: " + ZorioCall.tag(body) + "\r\n\r\n";
        send(socket, head + body.substring(0, bytes));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String status(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
    }

    /** All of an answer whose connection is closed after it. */
    private static String toTheEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static String newBody() {
        return "{\"event\":\"" + UUID.randomUUID() + "\"}";
    }

    private static String largeBody() {
        String event = newBody();
        return event + " ".repeat(LARGE - event.length());
    }

    private void awaitHeld(long bytes) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (Long.parseLong(get("/held")) < bytes) {
            assertTrue(System.nanoTime() < end, () -> "held are " + get("/held"));
            Thread.sleep(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/echo", "/inner/echo", "/hooks/echo;x=1?b=2", "/hooks/async", "/hooks/reader"})
    void bodyThatArrivesInPieces_isVerifiedAndHandled(String path) throws Exception {
        String body = newBody();
        Socket socket = begin(path, body, 0);
        for (int i = 0; i < body.length(); i += 10) {
            Thread.sleep(50);
            send(socket, body.substring(i, Math.min(body.length(), i + 10)));
        }
        assertEquals("200", status(socket));
        assertEquals(
                "1",
                get("/runs?body=" + java.net.URLEncoder.encode(body, StandardCharsets.UTF_8)),
                "handled, as a first dispatch");
    }

    @Test
    void tamperedBodyThatArrivesInPieces_isRefused() throws Exception {
        String body = newBody();
        Socket socket = begin("/hooks/echo", body, 10);
        Thread.sleep(200);
        send(socket, body.substring(10).toUpperCase(java.util.Locale.ROOT));
        assertEquals("401", status(socket));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void bodyThatStops_is408InTimeAndTheConnectionIsClosed(int bytes) throws Exception {
        long start = System.nanoTime();
        Socket socket = begin("/hooks/echo", newBody(), bytes);
        String answer = toTheEnd(socket);
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        assertTrue(millis >= DEADLINE_MILLIS && millis < DEADLINE_MILLIS + 2_000, millis + " ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/echo", "/inner/echo"})
    void bodyThatDripsForEver_is408InTime(String path) throws Exception {
        long start = System.nanoTime();
        String body = "x".repeat(1_000);
        Socket socket = begin(path, body, 1);
        for (int i = 1; i < body.length() && socket.getInputStream().available() == 0; i++) {
            send(socket, "x");
            Thread.sleep(20);
        }
        assertEquals("408", status(socket));
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= DEADLINE_MILLIS && millis < DEADLINE_MILLIS + 2_000, millis + " ms");
    }

    @Test
    void clientThatGoesAwayAtHalf_leavesNothingBehind() throws Exception {
        String body = largeBody();
        Socket socket = begin("/hooks/echo", body, LARGE / 2);
        awaitHeld(LARGE / 2);
        socket.setSoLinger(true, 0);
        socket.close();
        nothingIsHeldAnyMore();
    }

    @Test
    void bodyBeyondTheBudget_isToldToComeAgainAndSmallOnesAreHandled() throws Exception {
        String first = largeBody();
        Socket holding = begin("/hooks/echo", first, LARGE - 1);
        awaitHeld(LARGE);
        Socket surplus = begin("/hooks/echo", largeBody(), LARGE - 1);
        String answer = toTheEnd(surplus);
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertTrue(answer.contains("Retry-After: 5"), answer);
        String small = newBody();
        assertEquals("200", status(begin("/hooks/echo", small, small.length())));
        send(holding, first.substring(LARGE - 1));
        assertEquals("200", status(holding));
        nothingIsHeldAnyMore();
        String later = largeBody();
        assertEquals("200", status(begin("/hooks/echo", later, LARGE)), "the budget is there again");
    }

    @Test
    void moreSilentSendersThanThreads_keepNobodyElseFromBeingServed() throws Exception {
        for (int i = 0; i < 250; i++) {
            begin("/hooks/echo", newBody(), i % 2);
        }
        String body = newBody();
        long start = System.nanoTime();
        assertEquals("200", status(begin("/hooks/echo", body, body.length())));
        assertTrue(System.nanoTime() - start < 1_000_000_000L);
        assertEquals(408, Integer.parseInt(status(sockets.get(249))));
    }

    @Test
    void filterThatIsNotAsynchronous_letsFewWaitAndSaysTheCureOnce() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(begin("/inner/echo", newBody(), 5));
        }
        Thread.sleep(500);
        // Tomcat closes only after it has waited for the rest itself.
        byte[] head = begin("/inner/echo", newBody(), 5).getInputStream().readNBytes(100);
        String answer = new String(head, StandardCharsets.US_ASCII);
        assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.contains("Retry-After: 5"), answer);
        String body = newBody();
        assertEquals("200", status(begin("/hooks/echo", body, body.length())), "the control");
        assertEquals(1, log.count("async-supported"), log::text);
        for (Socket socket : waiting) {
            assertEquals(0, socket.getInputStream().available(), "waits still");
        }
    }
}
