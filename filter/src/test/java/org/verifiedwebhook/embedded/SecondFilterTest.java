package org.verifiedwebhook.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where two webhook filters are mapped to one path, both verify, however slowly the body comes. In Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondFilterTest {

    @TempDir
    static Path directory;

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
                        .filterOfRequests("first", "/hooks/*", true)
                        .filterOfRequests("second", "chaindoc", "/hooks/echo", true)
                        .filterOfRequests("apart", "/inner/*", true)
                        .envEntry("webhook/chaindoc/secret", "the-secret-of-chaindoc-that-nobody-here-knows"));
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        log.close();
    }

    private static String newBody() {
        return "{\"event\":\"" + UUID.randomUUID() + "\"}";
    }

    /** The status of a request that Zorio signed, whose body comes in two parts. */
    private String slowly(String path, String body) throws IOException, InterruptedException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            send(
                    socket,
                    "POST " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nContent-Length: "
                            + body.length() + "\r\nX-Zorio-Timestamp: "
                            + Instant.now().getEpochSecond()
                            + "\r\nX-Zorio-Signature: " + ZorioCall.tag(body) + "\r\n\r\n");
            Thread.sleep(300);
            send(socket, body);
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private String runs(String body) throws IOException, InterruptedException {
        URI runs = uri.resolve("/runs?body=" + URLEncoder.encode(body, StandardCharsets.UTF_8));
        return ZorioCall.CLIENT
                .send(HttpRequest.newBuilder(runs).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void slowBodyThatTheFirstFilterAdmits_isVerifiedByTheSecondToo() throws Exception {
        String body = newBody();
        assertEquals("401", slowly("/hooks/echo", body));
        assertEquals("0", runs(body));
        assertEquals(1, log.count("map webhook filters to paths that do not overlap"), log::text);
    }

    @Test
    void quickBodyThatTheFirstFilterAdmits_isVerifiedByTheSecondToo() throws Exception {
        String body = newBody();
        assertEquals(401, ZorioCall.of(uri.resolve("/hooks/echo"), body).post().statusCode());
        assertEquals("0", runs(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/reader", "/inner/echo"})
    void slowBodyThatOneFilterMeets_isHandled(String path) throws Exception {
        String body = newBody();
        assertEquals("200", slowly(path, body));
        assertEquals("1", runs(body));
    }
}
