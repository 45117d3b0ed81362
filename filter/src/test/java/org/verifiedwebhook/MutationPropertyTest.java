package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Content;
import org.verifiedwebhook.sender.Encoding;
import org.verifiedwebhook.sender.Extractor;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.Source;

/**
 * Every valid vector that is signed, spoilt in one place at a time: in its body, in its tag, in what else is signed, in
 * its key. What verifies all the same is a re-encoding that this test knows by name, and counts as the same delivery.
 */
class MutationPropertyTest {

    static {
        TestGate.QUIET.setUseParentHandlers(false);
    }

    private static final int EXHAUSTIVE = 400;

    private static List<SenderVector> signed() {
        try (JsonReader reader =
                Json.createReader(MutationPropertyTest.class.getResourceAsStream("/vectors/senders.json"))) {
            return SenderVector.all(reader.readObject()).stream()
                    .filter(v -> VectorJson.valid(v.json()))
                    .filter(v ->
                            v.gate(UnaryOperator.identity()).sender(v.sender()).assurance() == Assurance.SIGNED)
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> signedVectorChangedAnywhere_isRefusedOrTheSameDelivery() {
        List<SenderVector> vectors = signed();
        assertTrue(vectors.size() >= 28, () -> "too few valid vectors: " + vectors.size());
        return vectors.stream().map(v -> dynamicTest(v.id(), () -> new Mutations(v).run()));
    }

    /** All mutations of one vector. */
    private static final class Mutations {
        private final SenderVector vector;
        private final String sender;
        private final WebhookGate gate;
        private final WebhookRequest good;
        private final WebhookDelivery delivery;
        private final SignatureScheme scheme;
        private final List<String> headerNames;
        private final Random random;

        Mutations(SenderVector vector) {
            this.vector = vector;
            this.sender = vector.sender();
            this.gate = vector.gate(UnaryOperator.identity());
            this.good = vector.request(gate);
            this.delivery = ((Verdict.Verified) gate.verify(sender, good)).delivery();
            this.headerNames = List.copyOf(vector.json()
                    .getJsonObject("request")
                    .getJsonObject("headers")
                    .keySet());
            this.random = new Random(vector.id().hashCode());
            List<Scheme> schemes = gate.sender(sender).schemes();
            boolean base64 = headerNames.stream().anyMatch(n -> isTag(schemes.get(0), n) && tag(n).endsWith("="));
            this.scheme = (SignatureScheme) schemes.get(base64 ? 1 : 0);
        }

        private String tag(String header) {
            return good.header(header).get(0);
        }

        private static boolean isTag(Scheme scheme, String header) {
            return scheme.signature().stream().anyMatch(e -> standsIn(e, header));
        }

        private static boolean standsIn(Extractor extractor, String header) {
            return extractor.from().stream()
                    .anyMatch(s -> s.kind() == Source.Kind.HEADER && s.name().equalsIgnoreCase(header));
        }

        private boolean isSigned(String header) {
            return scheme.content().signs(Content.Value.TIMESTAMP)
                    && standsIn(scheme.timestamp().orElseThrow().from(), header);
        }

        void run() {
            Admission first = gate.admit(sender, good);
            assertInstanceOf(Admission.Admitted.class, first);
            ((Admission.Admitted) first).claim().complete(Answer.text(200, "text/plain", "first"));
            body();
            headers();
            url();
            keys();
            reencodings();
        }

        private void body() {
            byte[] body = good.body();
            if (!scheme.content().signsBody()) {
                return;
            }
            for (int i = 0; i < body.length; i++) {
                for (int changed : changes(body[i] & 0xFF, body.length)) {
                    byte[] other = body.clone();
                    other[i] = (byte) changed;
                    expect("body", with(other), nameOfForm(body, other));
                }
            }
            expect("body longer", with(SignedRequests.concat(body, new byte[] {'\n'})), "");
            expect("body with NUL", with(SignedRequests.concat(body, new byte[1])), "");
            if (body.length > 0) {
                expect(
                        "body shorter",
                        with(java.util.Arrays.copyOf(body, body.length - 1)),
                        nameOfForm(body, java.util.Arrays.copyOf(body, body.length - 1)));
                if (!scheme.content().signs(Content.Value.URL)) {
                    expect("no body", with(new byte[0]), "");
                }
            }
        }

        /** What a form's fields do not tell apart. */
        private String nameOfForm(byte[] body, byte[] other) {
            boolean sameFields = scheme.content().signsForm()
                    && FormBody.parse(body)
                            .sortedStable()
                            .equals(FormBody.parse(other).sortedStable());
            return sameFields ? "form spelt otherwise" : "";
        }

        private int[] changes(int b, int length) {
            if (length <= EXHAUSTIVE / 4) {
                return java.util.stream.IntStream.range(0, 256)
                        .filter(c -> c != b)
                        .toArray();
            }
            int[] flips = new int[length <= 4 * EXHAUSTIVE ? 3 : 1];
            for (int i = 0; i < flips.length; i++) {
                flips[i] = b ^ (1 << random.nextInt(8));
            }
            return flips;
        }

        private void headers() {
            for (String name : headerNames) {
                String value = good.header(name).get(0);
                boolean tag = isTag(scheme, name);
                boolean signed = tag || isSigned(name);
                for (int i = 0; signed && i < value.length(); i++) {
                    for (char c : new char[] {'0', '1', 'f', 'A', '=', ' ', '+', (char) (value.charAt(i) ^ 1)}) {
                        if (c != value.charAt(i)) {
                            String other = value.substring(0, i) + c + value.substring(i + 1);
                            expect("header " + name, with(name, other), nameOfHeader(value, other, tag));
                        }
                    }
                }
                if (signed) {
                    expect("no " + name, with(name), "");
                    expect("two " + name, with(name, value, value), "");
                    expect("empty " + name, with(name, ""), "");
                }
            }
        }

        /** What of a header's text is no part of the tag's value. */
        private String nameOfHeader(String value, String other, boolean tag) {
            if (tag
                    && scheme.encoding() == Encoding.HEX
                    && value.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT))) {
                return "hex digits in the other case";
            }
            return "";
        }

        private void url() {
            if (!scheme.content().signs(Content.Value.URL)) {
                return;
            }
            String url = good.url();
            for (int i = 0; i < url.length(); i++) {
                for (char c :
                        new char[] {'x', '/', '?', '%', (char) (url.charAt(i) ^ 1), (char) (url.charAt(i) ^ 32)}) {
                    if (c != url.charAt(i)) {
                        expect("url", at(url.substring(0, i) + c + url.substring(i + 1)), "");
                    }
                }
            }
            expect("url longer", at(url + "x"), "");
            expect("url shorter", at(url.substring(0, url.length() - 1)), "");
        }

        private void keys() {
            String secret = secret();
            for (int i = 0; i < secret.length(); i++) {
                String other = secret.substring(0, i) + (char) (secret.charAt(i) ^ 1) + secret.substring(i + 1);
                WebhookGate spoilt = vector.gate(text -> text.equals(secret) ? other : text);
                assertInstanceOf(Verdict.Rejected.class, spoilt.verify(sender, good), "another key");
            }
            WebhookGate longer = vector.gate(text -> text.equals(secret) ? text + "x" : text);
            assertInstanceOf(Verdict.Rejected.class, longer.verify(sender, good), "a longer key");
        }

        /** The text of the secret that matched. */
        private String secret() {
            int place = Integer.parseInt(delivery.secretLabel().orElseThrow().substring("secret-".length()));
            return delivery.tenant()
                    .map(t -> VectorJson.texts(vector.json().getJsonObject("tenants"), t))
                    .orElseGet(() -> VectorJson.texts(vector.json(), "secrets"))
                    .get(place);
        }

        private void reencodings() {
            for (String name : headerNames) {
                WebhookRequest.Builder spelt = copy(good.url(), good.body());
                for (String other : headerNames) {
                    String shown = other.equals(name) ? swapped(other) : other;
                    good.header(other).forEach(line -> spelt.header(shown, line));
                }
                expect("name " + name, spelt.build(), "header name in the other case");
            }
            expect(
                    "method",
                    full(WebhookRequest.of("PUT", good.url()).body(good.body())),
                    "method, which nobody signs");
            WebhookRequest.Builder more = copy(good.url(), good.body());
            headersInto(more);
            expect("more headers", more.header("X-Unsigned", "x").build(), "header that nobody signs");
        }

        private static String swapped(String name) {
            String upper = name.toUpperCase(Locale.ROOT);
            return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
        }

        private WebhookRequest.Builder copy(String url, byte[] body) {
            return WebhookRequest.of(good.method(), url).body(body);
        }

        private void headersInto(WebhookRequest.Builder builder) {
            headerNames.forEach(n -> good.header(n).forEach(line -> builder.header(n, line)));
        }

        private WebhookRequest full(WebhookRequest.Builder builder) {
            headersInto(builder);
            return builder.build();
        }

        private WebhookRequest with(byte[] body) {
            return full(copy(good.url(), body));
        }

        private WebhookRequest at(String url) {
            return full(copy(url, good.body()));
        }

        private WebhookRequest with(String name, String... lines) {
            WebhookRequest.Builder builder = copy(good.url(), good.body());
            for (String other : headerNames) {
                List<String> values = other.equals(name) ? List.of(lines) : good.header(other);
                values.forEach(line -> builder.header(other, line));
            }
            return builder.build();
        }

        /** Refused; or, under a name of a re-encoding, not admitted again. */
        private void expect(String what, WebhookRequest request, String reencoding) {
            Verdict verdict = gate.verify(sender, request);
            if (verdict instanceof Verdict.Verified) {
                assertFalse(reencoding.isEmpty(), () -> what + ": verified " + described(request));
                assertInstanceOf(Admission.Answered.class, gate.admit(sender, request), what);
            } else {
                int status = ((Verdict.Rejected) verdict).reason().status();
                assertTrue(status == 400 || status == 401, () -> what + ": " + verdict);
            }
        }

        private String described(WebhookRequest request) {
            List<String> lines = new ArrayList<>(
                    List.of(request.url(), new String(request.body(), java.nio.charset.StandardCharsets.ISO_8859_1)));
            headerNames.forEach(n -> lines.add(n + ": " + request.header(n)));
            return String.join("\n", lines);
        }
    }
}
