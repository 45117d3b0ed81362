package org.verifiedwebhook.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter of a {@code web.xml} in a plain servlet container, with its secret in JNDI and nowhere else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServletContainerContract {

    private static final int MAX_BODY = 10_000;
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    static Path directory;

    private EmbeddedServer server;
    private URI uri;
    private CapturedLog log;

    abstract EmbeddedServer newServer();

    @BeforeAll
    void start() throws Exception {
        log = CapturedLog.of("org.verifiedwebhook");
        server = newServer();
        uri = Webapp.start(
                server,
                directory,
                Webapp.contract()
                        .filter("zorio", "/hooks/*", "sender", "zorio", "max-body", Integer.toString(MAX_BODY))
                        .filter("limited", "/limited/*", "sender", "zorio", "address-rate", "2/PT1H")
                        .errorPage(410, "/hooks/echo"));
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        log.close();
    }

    private static String newBody() {
        return "{\"event\":\"" + UUID.randomUUID() + "\"}";
    }

    private ZorioCall call(String action, String body) {
        return ZorioCall.of(uri.resolve("/hooks/" + action), body);
    }

    /** A copy of a delivery that has been answered. Its claim may end a moment after the answer. */
    private HttpResponse<String> copy(String action, String body) throws Exception {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        HttpResponse<String> answer = call(action, body).post();
        while (answer.statusCode() == 503 && System.nanoTime() < end) {
            Thread.sleep(20);
            answer = call(action, body).post();
        }
        return answer;
    }

    private String runs(String body) throws IOException, InterruptedException {
        String query = java.net.URLEncoder.encode(body, StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(uri.resolve("/runs?body=" + query)).build();
        return ZorioCall.CLIENT
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void assertHandledOnce(String action, String body) throws Exception {
        HttpResponse<String> copy = copy(action, body);
        assertEquals("200 Duplicate", copy.statusCode() + " " + copy.body());
        assertEquals("1", runs(body));
        assertEquals(1, log.count("webhook accepted", "event=" + event(body)), log::text);
    }

    /** Only success is recorded: the retry of anything else is handled. */
    private void assertGivenBack(String action, String body) throws Exception {
        assertTrue(copy(action, body).statusCode() != 200);
        assertEquals("2", runs(body));
    }

    private static String event(String body) {
        return body.replaceAll(".*:\"|\"}", "");
    }

    @Test
    void genuineRequest_isReadAsAStream() throws Exception {
        String body = newBody();
        HttpResponse<String> answer = call("echo", body).post();
        assertEquals("200 REQUEST zorio null " + body, answer.statusCode() + " " + answer.body());
        assertHandledOnce("echo", body);
    }

    @Test
    void genuineRequest_isReadWithAReader() throws Exception {
        String body = newBody();
        assertEquals(body, call("reader", body).post().body());
    }

    @Test
    void genuineForm_isReadAsParameters() throws Exception {
        String body = "a=" + UUID.randomUUID() + "&a=%C3%A4+2&b=3";
        // What stands in the unsigned query, too, must not hide what was signed.
        String answer = ZorioCall.of(uri.resolve("/hooks/parameters?c&a=0"), body)
                .type("application/x-www-form-urlencoded")
                .post()
                .body();
        assertEquals(body.substring(2, 38) + ",\u00e4 2 3 [c, a, b]", answer);
    }

    @Test
    void parts_areRefusedWithTheCure() throws Exception {
        HttpResponse<String> answer =
                call("parts", newBody()).type("multipart/form-data; boundary=x").post();
        assertTrue(answer.body().contains("WebhookDelivery.rawBody()"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "HEAD", "OPTIONS", "DELETE"})
    void everyMethod_isVerified(String method) throws Exception {
        String body = newBody();
        assertEquals(
                401, call("echo", body).send(method, ZorioCall.tag(body + " ")).statusCode());
        assertEquals("0", runs(body));
        HttpResponse<String> answer = call("echo", body).send(method, ZorioCall.tag(body));
        assertEquals(200, answer.statusCode());
        assertEquals(method.equals("HEAD") ? "" : "REQUEST zorio null " + body, answer.body());
        assertEquals("1", runs(body));
    }

    @Test
    void tamperedRequest_isRefused() throws Exception {
        String body = newBody();
        HttpResponse<String> answer =
                call("echo", body).send("POST", ZorioCall.tag(body.toUpperCase(java.util.Locale.ROOT)));
        assertEquals("401 Invalid signature", answer.statusCode() + " " + answer.body());
        assertEquals("0", runs(body));
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 10001, 0", "Content-Length: 100000000, 0", "Transfer-Encoding: chunked, 10001"})
    void bodyOverTheCap_isRefusedWithoutReadingOn(String header, int sent) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            String chunk = sent == 0 ? "" : Integer.toHexString(sent) + "\r\n" + "x".repeat(sent) + "\r\n";
            String head = "POST /hooks/echo HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n" + header + "\r\n\r\n";
            out.write((head + chunk).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            // The body never ends: the answer is there before, or this times out.
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 413", answer);
        }
    }

    /** The head of a genuine request whose body does not come. */
    private Socket beginLimited(String body) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        String head = "POST /limited/echo HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nContent-Length: "
                + body.length() + "\r\nX-Zorio-Timestamp: "
                + java.time.Instant.now().getEpochSecond() + "\r\nX-Zorio-Signature: " + ZorioCall.tag(body)
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String headOfAnswer(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertTrue(next >= 0, () -> "it ends after " + head);
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void addressBeyondItsRate_isRefusedBeforeItsBodyIsThere() throws Exception {
        for (int i = 0; i < 2; i++) {
            String body = newBody();
            try (Socket counted = beginLimited(body)) {
                // The control: one within the rate waits for its body, and counts once though it is put aside.
                Thread.sleep(500);
                assertEquals(0, counted.getInputStream().available(), "nothing is answered yet");
                counted.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
                assertTrue(headOfAnswer(counted).startsWith("HTTP/1.1 200"), "request " + i);
            }
        }
        try (Socket surplus = beginLimited(newBody())) {
            String answer = headOfAnswer(surplus).toLowerCase(java.util.Locale.ROOT);
            assertTrue(answer.startsWith("http/1.1 429"), answer);
            assertTrue(answer.contains("retry-after: 1") && answer.contains("connection: close"), answer);
        }
        assertEquals(
                429,
                ZorioCall.of(uri.resolve("/limited/echo"), newBody()).post().statusCode(),
                "one with its body");
    }

    @Test
    void bodyOfTheCap_isAdmittedChunkedToo() throws Exception {
        String body = "x".repeat(MAX_BODY);
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/hooks/echo"))
                .header(
                        "X-Zorio-Timestamp",
                        Long.toString(java.time.Instant.now().getEpochSecond()))
                .header("X-Zorio-Signature", ZorioCall.tag(body))
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        assertEquals(
                "REQUEST zorio null " + body,
                ZorioCall.CLIENT
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @ParameterizedTest
    @CsvSource({
        "async, 'first '",
        "async-arguments, 'first '",
        "listener, 'listened '",
        "dispatch, 'ASYNC zorio null '",
        "dispatch-out, 'ASYNC zorio null '",
        "forward, 'FORWARD zorio 2 '",
        "forward-out, 'FORWARD zorio 2 '",
        "include, 'INCLUDE zorio null '",
        "include-out, 'INCLUDE zorio null '"
    })
    void dispatchOrAsynchronousHandler_readsTheVerifiedBytesOnce(String action, String before) throws Exception {
        String body = newBody();
        HttpResponse<String> answer = call(action, body).post();
        assertEquals("200 " + before + body, answer.statusCode() + " " + answer.body());
        assertHandledOnce(action, body);
    }

    @ParameterizedTest
    @CsvSource({"async-failing, 'again '", "async-silent, 'again '", "throw, 'REQUEST zorio null '"})
    void handlerThatFails_isRunAgainByTheRetry(String action, String before) throws Exception {
        String body = newBody();
        assertEquals(500, call(action, body).post().statusCode());
        HttpResponse<String> retry = copy(action, body);
        assertEquals("200 " + before + body, retry.statusCode() + " " + retry.body());
        assertEquals("2", runs(body));
        HttpResponse<String> copy = copy(action, body);
        assertEquals("200 Duplicate", copy.statusCode() + " " + copy.body());
    }

    @Test
    void errorPageBehindTheFilter_readsTheVerifiedBytes() throws Exception {
        String body = newBody();
        HttpResponse<String> answer = call("send-error", body).post();
        assertEquals("410 ERROR zorio null " + body, answer.statusCode() + " " + answer.body());
        assertGivenBack("send-error", body);
    }

    @Test
    void answerThatIsReset_isForgotten() throws Exception {
        HttpResponse<String> answer = call("reset", newBody()).post();
        assertEquals("200 clean", answer.statusCode() + " " + answer.body());
        assertTrue(answer.headers().firstValue("X-Canary").isEmpty());
    }

    @Test
    void redirect_isSentAsItIs() throws Exception {
        String body = newBody();
        HttpResponse<String> answer = call("redirect", body).post();
        assertEquals(302, answer.statusCode());
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertEquals(uri.resolve("/elsewhere?x=1"), uri.resolve(location));
        assertFalse(answer.body().contains("canary"), answer.body());
        assertGivenBack("redirect", body);
    }

    /** Whatever the encoding, it must be told. */
    @Test
    void textOfAWriter_arrivesInTheEncodingThatIsTold() throws Exception {
        String body = newBody();
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/hooks/umlaut"))
                .header(
                        "X-Zorio-Timestamp",
                        Long.toString(java.time.Instant.now().getEpochSecond()))
                .header("X-Zorio-Signature", ZorioCall.tag(body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> answer = ZorioCall.CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        assertTrue(type.contains("charset="), type);
        assertEquals("\u00e4", new String(answer.body(), type.replaceAll(".*charset=", "")));
    }

    @Test
    void largeAnswer_arrivesWhole() throws Exception {
        String body = newBody();
        HttpResponse<String> answer = call("large", body).post();
        assertEquals(200, answer.statusCode());
        assertEquals("x".repeat(2 << 20), answer.body());
        assertHandledOnce("large", body);
    }
}
