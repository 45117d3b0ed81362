package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.Timing.Seen;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;

/**
 * How long a refusal takes tells nothing of the secret, and next to nothing of whether a tenant exists. Each test has a
 * control: the same measurement of what does tell, which must be seen.
 */
class TimingTest {

    private static final double CONTROL = 10;
    /** What was measured is up to 14; a MAC left out is thousands. */
    private static final double TENANT_NANOS = 100;

    private static final byte[] COMPUTED = new byte[32];
    private static final String TOKEN = "a-token-that-is-32-characters-12";
    private static final byte[] SECRET = utf8(TOKEN);

    /** How many samples a measurement takes. */
    int samples() {
        return 100_000;
    }

    private static Seen told(String what, Seen seen) {
        System.out.printf("timing of %s: t = %.1f, %.1f ns%n", what, seen.t(), seen.nanos());
        return seen;
    }

    private <T> void unseen(String what, int batch, IntFunction<T> input, ToIntFunction<T> operation) {
        Seen seen = told(what, new Timing(samples(), batch).leastOfThree(input, operation));
        assertTrue(Math.abs(seen.t()) < Timing.SEEN, () -> what + ": " + seen);
    }

    private <T> void seen(String what, int batch, IntFunction<T> input, ToIntFunction<T> operation) {
        Seen seen = told("control " + what, new Timing(samples(), batch).measure(input, operation));
        assertTrue(Math.abs(seen.t()) > CONTROL, () -> "control " + what + ": " + seen);
    }

    private static List<byte[]> tags(int kind) {
        byte[] tag = COMPUTED.clone();
        tag[kind == 0 ? 0 : tag.length - 1] ^= 1;
        return List.of(tag);
    }

    @Test
    void placeOfTheWrongByteOfATag_isNotSeen() {
        seen("tag, loop", 50, TimingTest::tags, t -> looped(COMPUTED, t.get(0)));
        unseen("tag, first or last byte wrong", 50, TimingTest::tags, t -> Signatures.matchingTag(COMPUTED, t));
    }

    private static String token(int kind) {
        char[] token = TOKEN.toCharArray();
        token[kind == 0 ? 0 : token.length - 1] ^= 1;
        return new String(token);
    }

    /** As one writes it who does not think of time. */
    private static int looped(byte[] secret, byte[] guess) {
        for (int i = 0; i < secret.length; i++) {
            if (secret[i] != guess[i]) {
                return 0;
            }
        }
        return 1;
    }

    @Test
    void placeOfTheWrongCharacterOfAToken_isNotSeen() {
        seen("token, loop", 50, TimingTest::token, t -> looped(SECRET, utf8(t)));
        unseen(
                "token, first or last character wrong",
                10,
                TimingTest::token,
                t -> ConstantTime.same(SECRET, t) ? 1 : 0);
    }

    private static WebhookGate gate() {
        SecretSet secrets = SecretSet.of(Secret.ofText("s", SignedRequests.SECRET));
        // How long the application's own resolver takes is its own business: this one takes the same for all.
        Map<String, List<String>> known = new HashMap<>(Map.of("acme", List.of("acme"), "bare", List.of("bare")));
        return TestGate.with(b -> b.tenants(claims ->
                                known.getOrDefault(claims.get("tenant").orElseThrow(), List.of()))
                        .secrets(r -> r.tenant().orElseThrow().equals("acme") ? secrets : SecretSet.none()))
                .gate;
    }

    /** With one digit of its tag wrong. */
    private static WebhookRequest spoilt(String tenant, int digit) {
        SignedRequests.Draft draft = SignedRequests.edgvoip(tenant);
        int at = "sha256=".length() + digit;
        char[] tag = draft.goodTag().toCharArray();
        tag[at] = tag[at] == '0' ? '1' : '0';
        return draft.tag(new String(tag)).build();
    }

    private static WebhookRequest malformed(String tenant) {
        return SignedRequests.edgvoip(tenant)
                .tag("sha256=" + "0".repeat(63) + "x")
                .build();
    }

    @Test
    void placeOfTheWrongByteOfARequestsTag_isNotSeen() {
        WebhookGate gate = gate();
        ToIntFunction<WebhookRequest> verify = r -> gate.verify("edgvoip", r).hashCode();
        seen("request, MAC skipped", 1, k -> k == 0 ? spoilt("acme", 0) : malformed("acme"), verify);
        unseen("request, first or last digit wrong", 1, k -> spoilt("acme", k * 63), verify);
    }

    /** The steps are the same, see {@link SameWorkTest}; the key's length and its place in a cache are nanoseconds. */
    @Test
    void whetherATenantExists_isSeenByNanosecondsOnly() {
        WebhookGate gate = gate();
        ToIntFunction<WebhookRequest> verify = r -> gate.verify("edgvoip", r).hashCode();
        seen("tenant, MAC skipped", 1, k -> k == 0 ? spoilt("acme", 0) : malformed("gone"), verify);
        for (String other : List.of("bare", "gone")) {
            Seen seen = told(
                    "tenant, known or " + other,
                    new Timing(samples(), 1).leastOfThree(k -> spoilt(k == 0 ? "acme" : other, 0), verify));
            assertTrue(Math.abs(seen.nanos()) < TENANT_NANOS, seen::toString);
        }
    }
}
