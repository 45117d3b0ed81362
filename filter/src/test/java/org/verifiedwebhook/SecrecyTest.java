package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.InMemoryDeliveryStore;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.sender.Senders;

/** With everything logged that any logger has to say, no failure shows a secret, a right tag, a token or a body. */
@Isolated
class SecrecyTest {

    private static final String SECRET = "canary/secret+of the=tenant&that~is long enough for everybody's guide";
    private static final String TOKEN = "canary/token+that=nobody&knows";
    private static final String BODY = "canary/body+of=a & request";
    private static final String ANSWER = "canary/answer+of=the & handler";

    private final List<String> shown = new ArrayList<>();
    private final Set<String> canaries = new TreeSet<>();
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("org.verifiedwebhook");
    private final Level rootLevel = root.getLevel();
    private final List<Handler> silenced = List.of(root.getHandlers());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            StringWriter text = new StringWriter();
            text.append(entry.getLoggerName())
                    .append(' ')
                    .append(entry.getMessage())
                    .append(' ');
            text.append(Arrays.toString(entry.getParameters()));
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            shown.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        silenced.forEach(root::removeHandler);
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        ours.setUseParentHandlers(true);
        ours.setLevel(Level.ALL);
        List.of(SECRET, TOKEN, BODY, ANSWER).forEach(this::canary);
    }

    @AfterEach
    void stop() {
        root.removeHandler(handler);
        root.setLevel(rootLevel);
        silenced.forEach(root::addHandler);
        ours.setUseParentHandlers(false);
        ours.setLevel(null);
    }

    private void canary(String text) {
        canary(utf8(text));
        canaries.add(text);
        canaries.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
        canaries.add(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private void canary(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        canaries.add(hex);
        canaries.add(hex.toUpperCase(Locale.ROOT));
        canaries.add(hex.substring(0, 16));
        canaries.add(Base64.getEncoder().encodeToString(bytes));
        canaries.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        canaries.add(URLEncoder.encode(Base64.getEncoder().encodeToString(bytes), StandardCharsets.UTF_8));
        canaries.add(Arrays.toString(bytes));
    }

    private List<String> found() {
        return canaries.stream()
                .flatMap(
                        canary -> shown.stream().filter(s -> s.contains(canary)).map(s -> canary + " in " + s))
                .toList();
    }

    /** A request signed with the canary, whose tag becomes a canary too. */
    private Draft signed(Draft draft, String prefix, String algorithm, byte[] content, byte[] body) {
        byte[] tag = SignedRequests.mac(algorithm, utf8(SECRET), content);
        canary(tag);
        boolean base64 =
                draft.headers.getOrDefault("Content-Type", List.of("")).get(0).contains("form");
        return draft.body(body)
                .tag(prefix
                        + (base64
                                ? Base64.getEncoder().encodeToString(tag)
                                : HexFormat.of().formatHex(tag)));
    }

    private List<Draft> genuine() {
        byte[] json = utf8("{\"tenant_external_id\":\"acme\",\"domain_uuid\":\"acme\",\"canary\":\"" + BODY + "\"}");
        String now = SignedRequests.NOW.toString();
        byte[] form = utf8("canary=" + URLEncoder.encode(BODY, StandardCharsets.UTF_8));
        return List.of(
                signed(SignedRequests.edgvoip("acme"), "sha256=", "HmacSHA256", json, json),
                signed(SignedRequests.chaindoc(), "", "HmacSHA256", json, json),
                signed(
                        SignedRequests.chaindocV2("e", now),
                        "v1=",
                        "HmacSHA256",
                        SignedRequests.concat(utf8(now + "."), json),
                        json),
                signed(SignedRequests.status("x"), "", "HmacSHA256", json, json),
                signed(SignedRequests.zorio("x"), "sha256=", "HmacSHA256", json, json),
                signed(
                        SignedRequests.signalwireJson("{}"),
                        "",
                        "HmacSHA1",
                        SignedRequests.concat(utf8(SignedRequests.URL), json),
                        json),
                signed(
                        SignedRequests.signalwireForm("a=b"),
                        "",
                        "HmacSHA1",
                        utf8(SignedRequests.URL + "canary" + BODY),
                        form),
                SignedRequests.voice(utf8("{\"to\":\"" + SignedRequests.TENANT_NUMBER + "\",\"c\":\"" + BODY + "\"}"))
                        .tag("Bearer " + SECRET),
                SignedRequests.cdr(utf8("{\"owner\":{\"domain\":{\"uuid\":\"acme\"}},\"c\":\"" + BODY + "\"}")));
    }

    /** Every way to spoil a request that is known here; each leaves its tag, body or token right, so there is something to show. */
    private static List<UnaryOperator<Draft>> spoilers() {
        return List.of(
                d -> d,
                d -> d.body(SignedRequests.concat(d.body, utf8(" "))),
                d -> d.body(SignedRequests.concat(utf8("{"), d.body)),
                d -> d.body(new byte[0]),
                d -> d.body(SignedRequests.concat(d.body, new byte[] {(byte) 0xFF})),
                d -> d.tag(),
                d -> d.tag("Bearer " + TOKEN),
                d -> d.tag(TOKEN),
                d -> d.tag("sha256=" + TOKEN),
                d -> d.headers.containsKey(d.tagHeader) ? d.tag(d.goodTag(), d.goodTag()) : d,
                d -> d.headers.containsKey(d.tagHeader) ? d.tag(d.goodTag() + "0") : d,
                d -> d.headers.containsKey(d.tagHeader) ? d.tag(d.goodTag().toUpperCase(Locale.ROOT)) : d,
                d -> d.header("Content-Encoding", "gzip"),
                d -> d.header("X-Zorio-Timestamp", "0").header("X-Chaindoc-Timestamp", "2020-01-01T00:00:00Z"),
                d -> d.header("X-Zorio-Timestamp", TOKEN).header("X-Chaindoc-Timestamp", TOKEN),
                d -> d.header("X-Zorio-Timestamp").header("X-Chaindoc-Timestamp"),
                d -> d.header("Content-Length", "5").body(new byte[0]),
                d -> d.body(new byte[2_000_000]));
    }

    static List<UnaryOperator<WebhookGate.Builder>> setUps() {
        return List.of(
                b -> b,
                b -> b.secrets(r -> SecretSet.none()),
                b -> b.tenants(claims -> List.of()),
                b -> b.tenants(claims -> {
                    throw new SecretUnavailableException("the directory is down");
                }),
                b -> b.secrets(r -> {
                    throw new SecretUnavailableException("down", new IllegalStateException("cause"));
                }),
                b -> b.deliveries(new Failing("claim")),
                b -> b.deliveries(new Failing("complete")),
                b -> b.deliveries(new Failing("release")),
                b -> b.onOutcome(o -> {
                    throw new IllegalStateException("listener and " + o);
                }));
    }

    private record Failing(String what, InMemoryDeliveryStore memory) implements DeliveryStore {
        Failing(String what) {
            this(what, new InMemoryDeliveryStore());
        }

        private void failAt(String now, DeliveryKeys keys) {
            if (what.equals(now)) {
                throw new DeliveryStoreUnavailableException("cannot " + now + " " + keys.sender());
            }
        }

        @Override
        public Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
            failAt("claim", keys);
            return memory.claim(keys, lease, retention);
        }

        @Override
        public boolean complete(ClaimToken token, Answer answer) {
            failAt("complete", token.keys());
            return memory.complete(token, answer);
        }

        @Override
        public void release(ClaimToken token) {
            failAt("release", token.keys());
            memory.release(token);
        }
    }

    private TestGate gate(UnaryOperator<WebhookGate.Builder> setUp, String... settings) {
        return TestGate.with(b -> setUp.apply(b.secrets(r -> SecretSet.of(Secret.ofText("label", SECRET)))), settings);
    }

    private void play(TestGate gate, Draft draft) {
        WebhookRequest request = draft.build();
        shown.add(request.toString());
        shown.add(gate.gate.verify(draft.sender, request).toString());
        Admission admission = gate.gate.admit(draft.sender, request);
        if (admission instanceof Admission.Admitted admitted) {
            shown.add(admitted.delivery().toString());
            shown.add(admitted.toString());
            Answer answer = admitted.claim().complete(Answer.text(500, "text/plain", ANSWER));
            assertEquals(500, answer.status());
            Admission again = gate.gate.admit(draft.sender, request);
            if (again instanceof Admission.Admitted second) {
                show(second.claim().complete(Answer.text(200, "text/plain", "fine")));
            }
            admission = gate.gate.admit(draft.sender, request);
        }
        if (admission instanceof Admission.Answered answered) {
            show(answered.answer());
        } else if (admission instanceof Admission.Admitted admitted) {
            admitted.claim().release();
        }
    }

    private void show(Answer answer) {
        shown.add(TestGate.text(answer) + " " + answer);
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void noFailure_showsWhatIsSecret(UnaryOperator<WebhookGate.Builder> setUp) throws Exception {
        Set<Optional<?>> reasons = new java.util.HashSet<>();
        for (String rate : List.of("none", "3/PT1H")) {
            TestGate gate = gate(setUp, "rate", rate);
            Runnable end = gate.gate.publishCounters("secrecy-test");
            for (UnaryOperator<Draft> spoiler : spoilers()) {
                genuine().forEach(draft -> play(gate, spoiler.apply(draft)));
            }
            gate.outcomes.forEach(o -> shown.add(o.toString()));
            gate.outcomes.forEach(o -> reasons.add(o.reason()));
            var server = ManagementFactory.getPlatformMBeanServer();
            for (ObjectName name : server.queryNames(new ObjectName("org.verifiedwebhook:*"), null)) {
                String[] attributes = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                        .map(a -> a.getName())
                        .toArray(String[]::new);
                shown.add(name + " " + server.getAttributes(name, attributes));
            }
            end.run();
        }
        assertTrue(shown.size() > 500, () -> shown.size() + " texts");
        assertTrue(shown.stream().anyMatch(s -> s.contains("webhook rejected sender=edgvoip")), "the log was heard");
        assertEquals(List.of(), found());
    }

    @Test
    void setUpsAndSpoilers_reachTheFailuresThatThereAre() {
        Set<String> reasons = new TreeSet<>();
        for (UnaryOperator<WebhookGate.Builder> setUp : setUps()) {
            for (String rate : List.of("none", "3/PT1H")) {
                TestGate gate = gate(setUp, "rate", rate);
                spoilers().forEach(spoiler -> genuine().forEach(draft -> play(gate, spoiler.apply(draft))));
                gate.outcomes.forEach(o -> o.reason().ifPresent(r -> reasons.add(r.key())));
                gate.outcomes.forEach(o -> reasons.add(o.kind().key()));
            }
        }
        assertTrue(
                reasons.containsAll(Set.of(
                        "accepted",
                        "duplicate",
                        "failed",
                        "signature-missing",
                        "signature-malformed",
                        "signature-repeated",
                        "signature-mismatch",
                        "timestamp-stale",
                        "timestamp-unreadable",
                        "timestamp-missing",
                        "tenant-unknown",
                        "secret-missing",
                        "secret-unavailable",
                        "store-unavailable",
                        "rate-limited",
                        "body-malformed",
                        "body-too-large",
                        "body-consumed",
                        "content-encoding")),
                reasons.toString());
    }

    /** A token in the URL is one all the same: the line and the outcome have the path without it, and never the query. */
    @ParameterizedTest
    @CsvSource({
        "path:-1, /hooks/own/%s, /hooks/own/***",
        "path:-1, /hooks/own/%s/, /hooks/own/***/***",
        "path:-1, /hooks/own//%s//, /hooks/own//***/***/***",
        "path:3, /hooks/own/%s, /hooks/own/***",
        "path:3, /hooks/own/%s/more, /hooks/own/***/more",
        "path:3, //hooks/own/%s, //hooks/***/***",
        "path:3, /hooks/./own/%s/more, /hooks/./***/***/more",
        "path:3, /hooks/own/%s;x=y, /hooks/own/***",
        "path:3, /hooks, /hooks",
        "query:token, /hooks/own?token=%s, /hooks/own"
    })
    void tokenInTheUrl_isToldNowhere(String source, String path, String told) {
        String scheme = "'signature':[{'from':'" + source + "'}]";
        String tagged = "{'alg':'hmac-sha256','encoding':'hex','content':'{body}'," + scheme + "}";
        for (String file : List.of("{'alg':'token'," + scheme + "}", tagged)) {
            TestGate gate = gate(b -> b.senders(Senders.of(Map.of("own", file.replace('\'', '"')))));
            byte[] tag = SignedRequests.mac("HmacSHA256", utf8(SECRET), utf8(BODY));
            canary(tag);
            for (String proof : List.of(SECRET, TOKEN, HexFormat.of().formatHex(tag))) {
                String inUrl = URLEncoder.encode(proof, StandardCharsets.UTF_8).replace("+", "%20");
                WebhookRequest request = WebhookRequest.of("POST", "https://h.example" + path.formatted(inUrl))
                        .body(utf8(BODY))
                        .build();
                Admission admission = gate.gate.admit("own", request);
                shown.add(admission.toString());
                if (admission instanceof Admission.Admitted admitted) {
                    admitted.claim().complete(Answer.text(200, "text/plain", "fine"));
                }
            }
            assertEquals(3, gate.outcomes.size());
            gate.outcomes.forEach(o -> assertEquals(told, o.path()));
            gate.outcomes.forEach(o -> shown.add(o.toString()));
        }
        assertEquals(
                6,
                shown.stream()
                        .filter(s -> s.contains(" method=POST path=" + told + " "))
                        .count());
        assertEquals(List.of(), found());
    }

    @Test
    void tokenInTheUrl_isVerifiedAllTheSame() {
        for (String source : List.of("path:-1", "path:3", "query:token")) {
            String file = "{\"alg\":\"token\",\"signature\":[{\"from\":\"" + source + "\"}]}";
            TestGate gate = gate(b -> b.senders(Senders.of(Map.of("own", file))));
            String token = URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20");
            String url = "https://h.example/hooks/own" + (source.startsWith("path") ? "/" : "?token=") + token;
            assertInstanceOf(
                    Verdict.Verified.class,
                    gate.gate.verify(
                            "own",
                            WebhookRequest.of("POST", url).body(utf8(BODY)).build()));
        }
    }

    /** The positive control: what leaks in any of these forms is found by the same search. */
    @Test
    void lineThatLeaks_isFound() {
        assertEquals(List.of(), found());
        byte[] tag = SignedRequests.mac("HmacSHA256", utf8(SECRET), utf8("x"));
        canary(tag);
        for (String canary : List.copyOf(canaries)) {
            ours.log(Level.FINEST, "debug: {0}", canary);
            assertFalse(found().isEmpty(), canary);
            shown.clear();
            ours.log(Level.FINEST, "debug", new IllegalStateException("outer", new IllegalStateException(canary)));
            assertFalse(found().isEmpty(), canary);
            shown.clear();
        }
        System.getLogger("org.verifiedwebhook").log(System.Logger.Level.TRACE, "body " + BODY);
        assertEquals(1, found().size());
    }
}
