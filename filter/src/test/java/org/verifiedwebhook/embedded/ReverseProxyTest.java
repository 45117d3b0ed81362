package org.verifiedwebhook.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.embedded.app.AcknowledgingServlet;

/** The URL that SignalWire signed, behind a real nginx that hides it: the server sees another host, port and scheme. */
class ReverseProxyTest {

    private static final List<String> TAILS = List.of(
            "/call",
            "/a%2fb%2Fc",
            "/a%3Fb",
            "/call?to=%2F%3f&to=x&to=%78",
            "/call?b=2&a=1&b=1",
            "/call?",
            "/caf%c3%A9/%7Euser?q=a+b%20c");

    @TempDir
    static Path directory;

    private static EmbeddedServer server;
    private static Nginx nginx;

    @BeforeAll
    static void start() throws Exception {
        Path executable = Nginx.orSkip();
        server = new TomcatServer();
        URI inner = Webapp.start(
                server,
                directory,
                new WebXml()
                        .servlet(
                                AcknowledgingServlet.class,
                                "/base/*",
                                "/port/*",
                                "/endpoint/*",
                                "/trusted/*",
                                "/untrusted/*")
                        .envEntry("webhook/signalwire/secret", SignalWireCall.SECRET)
                        .filter("base", "/base/*", "sender", "signalwire", "public-url", "https://hooks.example.com")
                        .filter("port", "/port/*", "sender", "signalwire", "public-url", "https://h.example:8443/")
                        .filter(
                                "endpoint",
                                "/endpoint/*",
                                "sender",
                                "signalwire",
                                "endpoint-url",
                                "https://hooks.example.com:8443/outside%2fpath")
                        .filter("trusted", "/trusted/*", "sender", "signalwire", "trusted-proxies", "127.0.0.1")
                        .filter("untrusted", "/untrusted/*", "sender", "signalwire", "trusted-proxies", "192.0.2.1"));
        nginx = Nginx.start(executable, inner, Files.createDirectories(directory.resolve("nginx")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
        if (server != null) {
            server.stop();
        }
    }

    private static Stream<Arguments> tails() {
        return TAILS.stream().flatMap(tail -> Stream.of(Arguments.of(tail, true), Arguments.of(tail, false)));
    }

    /** Verified as signed, and refused if signed for the same URL in another spelling of its scheme. */
    private static void assertAdmitted(SignalWireCall call, URI through) throws Exception {
        SignalWireCall other = new SignalWireCall(
                call.url().replace("https:", "http:"), call.target(), call.host(), call.form(), call.more());
        assertEquals(401, other.send(through));
        assertEquals(200, call.send(through));
    }

    @ParameterizedTest
    @MethodSource("tails")
    void publicUrl_isWhatWasSigned(String tail, boolean form) throws Exception {
        assertAdmitted(SignalWireCall.of("https://hooks.example.com/base" + tail, form), nginx.telling());
        assertAdmitted(SignalWireCall.of("https://h.example:8443/port" + tail, form), nginx.telling());
    }

    /** The path that the server sees is another one; the query is the request's. */
    @ParameterizedTest
    @CsvSource({"'', true", "'', false", "?to=%2F%3f&to=x&to=%78, true", "?to=%2F%3f&to=x&to=%78, false"})
    void endpointUrl_isWhatWasSigned(String query, boolean form) throws Exception {
        SignalWireCall call = SignalWireCall.of("https://hooks.example.com:8443/outside%2fpath" + query, form);
        assertAdmitted(call.target("/endpoint/inside" + query), nginx.telling());
    }

    @ParameterizedTest
    @MethodSource("tails")
    void forwardedHeadersOfATrustedProxy_areWhatWasSigned(String tail, boolean form) throws Exception {
        for (String host : List.of("hooks.example.com", "hooks.example.com:443", "hooks.example.com:8443")) {
            assertAdmitted(SignalWireCall.of("https://" + host + "/trusted" + tail, form), nginx.telling());
        }
    }

    /** The form's guide leaves the default port open; that of JSON does not. */
    @ParameterizedTest
    @CsvSource({"true, 200", "false, 401"})
    void defaultPort_mayBeSignedInFormsOnly(boolean form, int status) throws Exception {
        SignalWireCall call = SignalWireCall.of("https://hooks.example.com:443/trusted/call", form);
        assertEquals(status, call.host("hooks.example.com").send(nginx.telling()));
        SignalWireCall without = SignalWireCall.of("https://hooks.example.com/trusted/call", form);
        assertEquals(status, without.host("hooks.example.com:443").send(nginx.telling()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forwardedHeadersWithoutTrust_doNothing(boolean form) throws Exception {
        String host = "hooks.example.com:8443";
        assertEquals(
                401,
                SignalWireCall.of("https://" + host + "/untrusted/call", form).send(nginx.telling()));
        // Not that everything was refused there.
        assertEquals(
                200,
                SignalWireCall.of("http://inner.example/untrusted/call", form)
                        .host(host)
                        .send(nginx.telling()));
        // The same request passes where the proxy is trusted.
        assertEquals(
                200,
                SignalWireCall.of("https://" + host + "/trusted/call", form).send(nginx.telling()));
    }

    /** What the caller writes into the headers himself comes before what the proxy writes, or not at all. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forwardedHeadersOfTheCaller_doNothingBehindAProxyThatTells(boolean form) throws Exception {
        SignalWireCall forged = SignalWireCall.of("http://forged.example/trusted/call", form)
                .host("hooks.example.com")
                .header("X-Forwarded-Proto", "http")
                .header("X-Forwarded-Host", "forged.example");
        assertEquals(401, forged.send(nginx.telling()));
        // They reach the filter and count, if the proxy lets them through.
        assertEquals(200, forged.send(nginx.passing()));
    }
}
