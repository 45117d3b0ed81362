package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.it.contract.EchoServlet;
import org.verifiedwebhook.it.contract.Filters;
import org.verifiedwebhook.it.contract.Secrets;

/** Too many of one tenant are told to come again, and a flood of hostile requests hurts nobody else. */
class RateLimitIT {

    private static final int FLOODERS = 4;
    private static final int FLOOD_SECONDS = Integer.getInteger("it.flood-seconds", 2);
    private static final int FLOOD_RATE = 5_000;

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(RateLimitIT.class)
            .deploy(
                    "/rates",
                    DoorwayContract.common(Deployments.war("rates")).deleteClasses(EchoServlet.class, Filters.class))
            .systemProperties(properties());

    private static Map<String, String> properties() {
        Map<String, String> properties = Secrets.properties();
        properties.put("webhook.chaindoc.address-rate", "1/PT1H");
        properties.put("webhook.signalwire.address-rate", "1/PT1H");
        return properties;
    }

    private static RawHttp.Answer status(String organisation, String secret) throws IOException {
        String body = "{\"domain_uuid\":\"" + organisation + "\",\"status\":\"answered\",\"id\":\""
                + DoorwayContract.unique() + "\"}";
        return RawHttp.post(SERVER.uri("rates/hooks/cloudonix-status"))
                .header("Content-Type", "application/json")
                .header("X-Cloudonix-Signature", Signed.sha256(secret, body))
                .body(body)
                .send();
    }

    private static long counter(String name) throws IOException {
        URI uri = SERVER.uri("rates/control/counter/" + name);
        return Long.parseLong(
                RawHttp.request(uri, "GET", uri.getRawPath()).send().body());
    }

    @Test
    void cloudonixStatusBeyondAHundredAMinute_isToldToComeAgainAndNobodyElseIs() throws IOException {
        for (int i = 0; i < 150; i++) {
            assertEquals(
                    401,
                    status("organisation-3", "a-secret-that-nobody-has-given-to-anybody")
                            .status());
        }
        Instant begin = Instant.now();
        int accepted = 0;
        RawHttp.Answer answer = status("organisation-1", Secrets.STATUS);
        while (answer.status() == 200 && accepted < 1000) {
            accepted++;
            answer = status("organisation-1", Secrets.STATUS);
        }
        long refilled = Duration.between(begin, Instant.now()).toSeconds() * 100 / 60 + 2;
        assertEquals(503, answer.status());
        assertEquals("{\"error\":\"Too many requests\"}", answer.body());
        assertEquals("1", answer.header("Retry-After"));
        assertTrue(accepted >= 100 && accepted <= 100 + refilled, accepted + " accepted");
        assertTrue(SERVER.log().contains("webhook rejected sender=cloudonix-status reason=rate-limited "));
        assertEquals(200, status("organisation-2", Secrets.STATUS).status());
        // The control: those wrong signatures would have used all of these up.
        for (int i = 0; i < 90; i++) {
            assertEquals(200, status("organisation-3", Secrets.STATUS).status(), "request " + i);
        }
    }

    /** The first thing the server says to a head whose body does not come. */
    private static RawHttp.Conversation begin(String sender, String type) throws IOException {
        URI uri = SERVER.uri("rates/hooks/" + sender);
        return RawHttp.converse(
                uri,
                "POST " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nContent-Type: " + type
                        + "\r\nContent-Length: 100\r\n\r\n",
                2000);
    }

    @ParameterizedTest
    @CsvSource({"chaindoc, application/json", "signalwire, application/x-www-form-urlencoded"})
    void addressBeyondItsRate_isRefusedBeforeItsBodyIsThere(String sender, String type) throws IOException {
        RawHttp.Conversation within = begin(sender, type);
        assertEquals("", within.said(), "the control: one within the rate waits for its body");
        RawHttp.Conversation beyond = begin(sender, type);
        assertTrue(beyond.begins(503), beyond::said);
        assertTrue(beyond.said().toLowerCase(Locale.ROOT).contains("retry-after: 3"), beyond::said);
        assertTrue(beyond.endsAfterTheFirst(), beyond::said);
    }

    private static HttpRequest.Builder zorio(String body, String tag, Instant time) {
        return HttpRequest.newBuilder(SERVER.uri("rates/hooks/zorio"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("X-Zorio-Timestamp", Signed.seconds(time))
                .header("X-Zorio-Signature", tag)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpRequest good() {
        String body = "{\"event\":\"pbx.call.hangup\",\"id\":\"" + DoorwayContract.unique() + "\"}";
        return zorio(body, "sha256=" + Signed.sha256(Secrets.ZORIO, body), Instant.now())
                .build();
    }

    /** A request that was good until one thing of it changed. */
    private static HttpRequest hostile(Random random) {
        String body = "{\"event\":\"pbx.call.hangup\",\"id\":\"" + random.nextLong() + "\"}";
        String hex = Signed.sha256(Secrets.ZORIO, body);
        int at = random.nextInt(hex.length());
        char other = hex.charAt(at) == '0' ? '1' : '0';
        Instant now = Instant.now();
        return switch (random.nextInt(9)) {
            case 0 ->
                zorio(body, "sha256=" + hex.substring(0, at) + other + hex.substring(at + 1), now)
                        .build();
            case 1 -> zorio(body, "sha256=" + hex.substring(0, at), now).build();
            case 2 -> zorio(body + " ", "sha256=" + hex, now).build();
            case 3 ->
                zorio(body.substring(0, body.length() - 1 - random.nextInt(20)), "sha256=" + hex, now)
                        .build();
            case 4 -> zorio(body, hex, now).build();
            case 5 ->
                zorio(body, "sha256=" + hex, now)
                        .header("X-Zorio-Signature", "sha256=" + hex)
                        .build();
            case 6 ->
                zorio(body, "sha256=" + hex, now.minusSeconds(301 + random.nextInt(10_000)))
                        .build();
            case 7 -> zorio("", "sha256=" + hex, now).build();
            default -> zorio(body, "sha256=" + hex + random.nextInt(), now).build();
        };
    }

    private static final class Tally {
        private int good;
        private int refused;
        private final List<Integer> wrong = new ArrayList<>();
    }

    private static Tally flood(HttpClient client, int requests, long seed) throws Exception {
        Random random = new Random(seed);
        Tally tally = new Tally();
        for (int i = 0; i < requests; i++) {
            boolean expectGood = i % 10 == 9;
            int status = client.send(expectGood ? good() : hostile(random), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (expectGood && status == 200) {
                tally.good++;
            } else if (!expectGood && (status == 400 || status == 401)) {
                tally.refused++;
            } else {
                tally.wrong.add(status);
            }
        }
        return tally;
    }

    @Test
    void tenThousandHostileRequests_areAllRefusedAndEveryGoodOneBetweenIsAccepted() throws Exception {
        long acceptedBefore = counter("zorio.accepted");
        long rejectedBefore = counter("zorio.rejected");
        int logBefore = SERVER.log().length();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(FLOODERS);
        int good = 0;
        int refused = 0;
        try {
            List<Callable<Tally>> floods = new ArrayList<>();
            for (int flooder = 0; flooder < FLOODERS; flooder++) {
                long seed = flooder;
                floods.add(() -> flood(client, 2780, seed));
            }
            for (Future<Tally> flood : threads.invokeAll(floods)) {
                Tally tally = flood.get();
                assertEquals(List.of(), tally.wrong);
                good += tally.good;
                refused += tally.refused;
            }
        } finally {
            threads.shutdown();
        }
        assertTrue(refused >= 10_000, refused + " refused");
        assertEquals(good, counter("zorio.accepted") - acceptedBefore);
        assertEquals(refused, counter("zorio.rejected") - rejectedBefore);
        String log = SERVER.log().substring(logBefore);
        assertFalse(log.contains("\tat org.verifiedwebhook"), "a stack trace");
        long lines = log.lines()
                .filter(l -> l.contains("webhook rejected sender=zorio"))
                .count();
        assertTrue(lines > 0 && lines <= refused, lines + " lines");
        assertTrue(log.length() < 10_000_000, log.length() + " characters");
    }

    private static byte[] bytes(String body, String tag) {
        String head = "POST " + SERVER.uri("rates/hooks/zorio").getRawPath() + " HTTP/1.1\r\nHost: "
                + SERVER.uri("").getAuthority() + "\r\nContent-Type: application/json\r\nX-Zorio-Timestamp: "
                + Signed.seconds(Instant.now()) + "\r\nX-Zorio-Signature: sha256=" + tag + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Wrong tags, so many a second if the server answers them as fast, until told to end; how many were answered 401. */
    private static int wrongTags(int rate, AtomicBoolean over) throws Exception {
        int refused = 0;
        long begun = System.nanoTime();
        try (KeptConnection line = new KeptConnection(SERVER.uri(""))) {
            for (int i = 0; !over.get(); i++) {
                long early = begun + i * 1_000_000_000L / rate - System.nanoTime();
                if (early > 1_000_000) {
                    Thread.sleep(early / 1_000_000);
                }
                assertTrue(line.exchange(bytes("{\"id\":" + i + "}", "0".repeat(64)))
                        .begins(401));
                refused++;
            }
        }
        return refused;
    }

    /** Good ones for so long, one after the other; how long each took, in order of length, in microseconds. */
    private static List<Long> goodOnes(int millis) throws Exception {
        List<Long> micros = new ArrayList<>();
        long end = System.nanoTime() + millis * 1_000_000L;
        try (KeptConnection line = new KeptConnection(SERVER.uri(""))) {
            while (System.nanoTime() < end) {
                String body = "{\"id\":\"" + DoorwayContract.unique() + "\"}";
                KeptConnection.Reply reply = line.exchange(bytes(body, Signed.sha256(Secrets.ZORIO, body)));
                assertTrue(reply.begins(200), reply.text());
                micros.add(reply.nanos() / 1_000);
                Thread.sleep(5);
            }
        }
        Collections.sort(micros);
        return micros;
    }

    private static long p99(List<Long> sorted) {
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }

    /** Bar R26. */
    @Test
    void floodOfWrongTagsFromOneAddress_isCountedExactlyAndFillsNoLog() throws Exception {
        goodOnes(1_000);
        List<Long> idle = goodOnes(1_000 * FLOOD_SECONDS);
        long rejectedBefore = counter("zorio.rejected.signature-mismatch");
        long acceptedBefore = counter("zorio.accepted");
        int logBefore = SERVER.log().length();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(FLOODERS);
        List<Long> meanwhile;
        int refused = 0;
        try {
            List<Future<Integer>> floods = new ArrayList<>();
            for (int i = 0; i < FLOODERS; i++) {
                floods.add(threads.submit(() -> wrongTags(FLOOD_RATE / FLOODERS, over)));
            }
            meanwhile = goodOnes(1_000 * FLOOD_SECONDS);
            over.set(true);
            for (Future<Integer> flood : floods) {
                refused += flood.get();
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        int logged = SERVER.log().length() - logBefore;
        System.out.printf(
                "R26 %s: %d wrong tags a second for %d s; good ones: %d, p99 %d us, idle %d us; log %d characters%n",
                Server.CURRENT,
                refused / FLOOD_SECONDS,
                FLOOD_SECONDS,
                meanwhile.size(),
                p99(meanwhile),
                p99(idle),
                logged);
        assertEquals(refused, counter("zorio.rejected.signature-mismatch") - rejectedBefore);
        assertEquals(meanwhile.size(), counter("zorio.accepted") - acceptedBefore);
        assertTrue(refused > 500 * FLOOD_SECONDS, refused + ": the control");
        assertTrue(logged > 0 && logged <= 10 << 20, logged + " characters");
    }
}
