package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.verifiedwebhook.SignedRequests.NOW;
import static org.verifiedwebhook.SignedRequests.SECRET;
import static org.verifiedwebhook.SignedRequests.URL;
import static org.verifiedwebhook.SignedRequests.hex;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.InMemoryDeliveryStore;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.Settings;

/** Whatever somebody who has seen a delivery makes of it, its handler runs once; and two deliveries are two. */
class ReplayTest {

    private static final Answer OK = Answer.text(200, "text/plain", "ok");

    /** A sender's way to sign, a second genuine delivery, and what an eavesdropper can make of the first. */
    private record Sent(Supplier<Draft> first, Supplier<Draft> second, Map<String, Supplier<Draft>> replays) {
        Sent with(String what, UnaryOperator<Draft> change) {
            replays.put(what, () -> change.apply(first.get()));
            return this;
        }

        Sent with(String what, Supplier<Draft> replay) {
            replays.put(what, replay);
            return this;
        }
    }

    private static Sent sent(Supplier<Draft> first, Supplier<Draft> second) {
        return new Sent(first, second, new LinkedHashMap<>())
                .with("T01 the same once more", d -> d)
                .with("T02 new delivery id", d -> d.header("X-Request-ID", "new")
                        .header("X-Zorio-Delivery", "new")
                        .header("X-Idempotency-Key", "new")
                        .header("X-Webhook-Id", "new"))
                .with("T03 new timestamp", d -> d.header("X-Zorio-Timestamp", Long.toString(NOW.getEpochSecond() + 1))
                        .header("X-Chaindoc-Timestamp", NOW.plusSeconds(1).toString())
                        .header("X-Webhook-Timestamp", "1"))
                .with("T04 other event type", d -> d.header("X-Webhook-Event", "other.event"))
                .with("T05 unsigned headers dropped", d -> d.header("X-Request-ID")
                        .header("X-Zorio-Delivery"))
                .with("T05 timestamp dropped", d -> d.header("X-Zorio-Timestamp")
                        .header("X-Chaindoc-Timestamp"))
                .with("T06 hex in capitals", d -> d.tag(upper(d.goodTag())))
                .with("T06 hex in mixed case", d -> d.tag(d.goodTag().replace('a', 'A')))
                .with("T07 tag without its prefix", d -> d.tag(d.goodTag().replaceFirst("^(sha256|v1)=", "")))
                .with("T07 tag with a prefix", d -> d.tag("sha256=" + d.goodTag()))
                .with("T07 base64url", d -> d.tag(d.goodTag().replace('+', '-').replace('/', '_')))
                .with("T07 no padding", d -> d.tag(d.goodTag().replaceFirst("=+$", "")))
                .with("T07 more padding", d -> d.tag(d.goodTag() + "="))
                .with("T07 spare bits", d -> d.tag(d.goodTag().replaceFirst(".=$", "B=")))
                .with("T07 space around", d -> d.tag(" " + d.goodTag() + " "))
                .with("T07 hex as base64", d -> d.tag(base64(d.goodTag())))
                .with("T07 tag twice", d -> d.tag(d.goodTag(), d.goodTag()))
                .with("T10 method and URL", d -> d.method("PUT").url(d.url + "?x=1"))
                .with("T10 other host", d -> d.url(d.url.replace("hooks.example.com", "evil.example.com")))
                .with("T10 body one byte longer", d -> d.body(SignedRequests.concat(d.body, utf8("\n"))))
                .with("T10 content type", d -> d.header("Content-Type", "text/plain"));
    }

    private static String upper(String tag) {
        int equals = tag.indexOf('=') + 1;
        return tag.substring(0, equals) + tag.substring(equals).toUpperCase(Locale.ROOT);
    }

    private static String base64(String tag) {
        String digits = tag.replaceFirst("^(sha256|v1)=", "");
        return digits.matches("([0-9a-f]{2})+")
                ? Base64.getEncoder().encodeToString(java.util.HexFormat.of().parseHex(digits))
                : tag;
    }

    private static Draft chaindoc(String event) {
        byte[] body = utf8("{\"event\":\"" + event + "\"}");
        return SignedRequests.chaindoc().body(body).tag(hex("HmacSHA256", SECRET, body));
    }

    private static Draft form(String url, String body) {
        return SignedRequests.signalwireForm(url, URL, body).tag(SignedRequests.sha1Base64(URL + "A1B2"));
    }

    private static Draft json(String url, String body) {
        return SignedRequests.signalwireJson("{\"a\":1}").url(url).body(utf8(body));
    }

    private static Map<String, Sent> all() {
        Map<String, Sent> all = new LinkedHashMap<>();
        all.put(
                "edgvoip",
                sent(
                        () -> SignedRequests.edgvoip("acme"),
                        () -> SignedRequests.edgvoipBody(utf8("{\"tenant_external_id\":\"acme\",\"n\":2}"))));
        all.put("chaindoc", sent(() -> chaindoc("signed"), () -> chaindoc("declined")));
        all.put(
                "chaindoc-v2",
                sent(
                                () -> SignedRequests.chaindocV2("evt_1", NOW.toString()),
                                () -> SignedRequests.chaindocV2("evt_2", NOW.toString()))
                        .with(
                                "T02 genuine retry, signed anew",
                                () -> SignedRequests.chaindocV2(
                                        "evt_1", NOW.plusSeconds(60).toString())));
        all.put("cloudonix-status", sent(() -> SignedRequests.status("ringing"), () -> SignedRequests.status("busy")));
        all.put("zorio", sent(() -> SignedRequests.zorio("call.ended"), () -> SignedRequests.zorio("call.started")));
        all.put(
                "signalwire json",
                sent(() -> json(URL, "{\"a\":1}"), () -> SignedRequests.signalwireJson("{\"a\":2}"))
                        .with("T10 from the body into the URL", () -> json(URL + "{", "\"a\":1}"))
                        .with(
                                "T10 from the URL into the body",
                                () -> json(
                                        URL.substring(0, URL.length() - 1),
                                        URL.substring(URL.length() - 1) + "{\"a\":1}"))
                        .with("T10 all in the URL", () -> json(URL + "{\"a\":1}", "")));
        all.put(
                "signalwire form",
                sent(() -> form(URL, "A=1&B=2"), () -> SignedRequests.signalwireForm("A=1&B=3"))
                        .with("T09 order", () -> form(URL, "B=2&A=1"))
                        .with("T09 escapes", () -> form(URL, "%41=%31&B=2"))
                        .with("T09 separators", () -> form(URL, "&A=1&&B=2&"))
                        .with("T09 empty field", () -> form(URL, "A=1&B=2&="))
                        .with("T10 from key to value", () -> form(URL, "A1B=2"))
                        .with("T10 from value to key", () -> form(URL, "A=1B2"))
                        .with("T10 keys only", () -> form(URL, "A1&B2"))
                        .with("T10 one key", () -> form(URL, "A1B2"))
                        .with("T10 from the body into the URL", () -> form(URL + "A1", "B=2"))
                        .with("T10 all in the URL", () -> form(URL + "A1B2", ""))
                        .with("T10 standard port", () -> form(URL.replace(".com/", ".com:443/"), "A=1&B=2"))
                        .with("T10 as JSON's content", () -> form(URL, "A=1&B=2")
                                .header("Content-Type", "application/json")));
        all.put("cloudonix-cdr", unsigned());
        return all;
    }

    /** What nobody signed anybody can vary; only what the guide says is no difference is a copy. */
    private static Sent unsigned() {
        return new Sent(() -> SignedRequests.cdr("acme"), () -> cdr(2), new LinkedHashMap<>())
                .with("T01 the same once more", d -> d)
                .with("T02 new delivery id", d -> d.header("X-Idempotency-Key", "new"))
                .with("T04 other event type", d -> d.header("X-Webhook-Event", "other"))
                .with("T05 headers dropped", d -> d.header("Content-Type"))
                .with("T10 other host", d -> d.url(d.url.replace("hooks.example.com", "evil.example.com")));
    }

    private static Draft cdr(int number) {
        return SignedRequests.cdr(utf8("{\"owner\":{\"domain\":{\"uuid\":\"acme\"}},\"n\":" + number + "}"));
    }

    /** A gate that counts what its handler does, and writes down what became of requests. */
    private static final class Counted {
        final AtomicInteger handled = new AtomicInteger();
        final Queue<WebhookOutcome.Kind> outcomes = new ConcurrentLinkedQueue<>();
        final WebhookGate gate;

        Counted(DeliveryStore store) {
            SecretSet secrets = SecretSet.of(Secret.ofText("s", SECRET));
            gate = WebhookGate.builder()
                    .settings(Settings.of(Map.of()))
                    .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                    .secrets(r -> secrets)
                    .tenants(claims -> claims.get("tenant").stream().toList())
                    .deliveries(store)
                    .onOutcome(o -> outcomes.add(o.kind()))
                    .build();
        }

        int receive(Draft draft, boolean copies) {
            Admission admission = gate.admit(draft.sender, draft.build(), copies);
            if (admission instanceof Admission.Admitted admitted) {
                handled.incrementAndGet();
                return admitted.claim().complete(OK).status();
            }
            return ((Admission.Answered) admission).answer().status();
        }
    }

    private static Stream<DynamicTest> each(java.util.function.BiConsumer<String, Sent> test) {
        TestGate.QUIET.setUseParentHandlers(false);
        return all().entrySet().stream().map(e -> dynamicTest(e.getKey(), () -> test.accept(e.getKey(), e.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> replayOfAnyKind_isHandledOnce() {
        return each((name, sent) -> {
            Counted counted = new Counted(new InMemoryDeliveryStore());
            counted.receive(sent.first().get(), false);
            sent.replays().forEach((what, replay) -> {
                int status = counted.receive(replay.get(), false);
                assertEquals(1, counted.handled.get(), what);
                assertTrue(status == 200 || status == 400 || status == 401, () -> what + ": " + status);
            });
            assertTrue(counted.outcomes.contains(WebhookOutcome.Kind.DUPLICATE), name);
        });
    }

    /** A replay that comes first takes the place of the original: still one handling, of bytes that are signed. */
    @TestFactory
    Stream<DynamicTest> originalAfterItsReplay_isHandledOnce() {
        return each((name, sent) -> sent.replays().forEach((what, replay) -> {
            Counted counted = new Counted(new InMemoryDeliveryStore());
            counted.receive(replay.get(), false);
            counted.receive(sent.first().get(), false);
            assertEquals(1, counted.handled.get(), what);
        }));
    }

    @TestFactory
    Stream<DynamicTest> genuineDeliveriesThatDiffer_areBothHandled() {
        return each((name, sent) -> {
            Counted counted = new Counted(new InMemoryDeliveryStore());
            assertEquals(200, counted.receive(sent.first().get(), false));
            assertEquals(200, counted.receive(sent.second().get(), false));
            assertEquals(2, counted.handled.get());
        });
    }

    @TestFactory
    Stream<DynamicTest> copiesAtOnce_areHandledOnce() {
        return each((name, sent) -> {
            Counted counted = new Counted(new InMemoryDeliveryStore());
            int copies = 32;
            ExecutorService threads = Executors.newFixedThreadPool(copies);
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < copies; i++) {
                Draft draft = sent.first().get();
                threads.execute(() -> {
                    awaited(go);
                    int status = counted.receive(draft, false);
                    assertTrue(status == 200 || status == 503, () -> name + ": " + status);
                });
            }
            go.countDown();
            threads.shutdown();
            awaited(threads);
            assertEquals(1, counted.handled.get());
            assertEquals(copies, counted.outcomes.size());
        });
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaited(ExecutorService threads) {
        try {
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The store outlives the gate, as one in a database outlives the server. */
    @TestFactory
    Stream<DynamicTest> copyAfterARestart_isNotHandled() {
        return each((name, sent) -> {
            DeliveryStore store = new InMemoryDeliveryStore();
            new Counted(store).receive(sent.first().get(), false);
            Counted restarted = new Counted(store);
            assertEquals(200, restarted.receive(sent.first().get(), false));
            sent.replays().values().forEach(replay -> restarted.receive(replay.get(), false));
            assertEquals(0, restarted.handled.get());
        });
    }

    /** The control: without the store the same replays run the handler again and again. */
    @TestFactory
    Stream<DynamicTest> replayToAGateThatHandlesCopies_isHandledAgain() {
        return each((name, sent) -> {
            Counted counted = new Counted(new InMemoryDeliveryStore());
            sent.replays().values().forEach(replay -> counted.receive(replay.get(), true));
            assertTrue(counted.handled.get() >= 4, () -> name + ": " + counted.handled);
        });
    }

    /** Two calls of one number are two calls: the bearer token proves the caller, and nothing is taken for a copy. */
    @Test
    void voice_isHandledEachTime() {
        TestGate gate = TestGate.of();
        for (int i = 0; i < 3; i++) {
            assertEquals(200, gate.claim(SignedRequests.voice()).complete(OK).status());
        }
    }
}
