package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.TenantClaims;
import org.verifiedwebhook.sender.Reason;

/**
 * A gate with tenants {@code acme} and {@code globex} that have secrets, {@code bare} that has none, a clock to set, and
 * a list of everything that was asked of resolver and store.
 */
final class TestGate {

    /** Rejections by the thousand are no news here; tests of the log listen for themselves. */
    static final java.util.logging.Logger QUIET = java.util.logging.Logger.getLogger("org.verifiedwebhook");

    static {
        QUIET.setUseParentHandlers(false);
    }

    static final String OTHER_SECRET = "the-secret-of-globex-is-another-one-and-just-as-long-as-the-first";

    final WebhookGate gate;
    final List<WebhookOutcome> outcomes = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    Instant now = SignedRequests.NOW;

    private TestGate(Map<String, String> settings, UnaryOperator<WebhookGate.Builder> more) {
        Map<String, SecretSet> sets = new HashMap<>();
        sets.put(SignedRequests.TENANT, SecretSet.of(Secret.ofText("first", SignedRequests.SECRET)));
        sets.put("globex", SecretSet.of(Secret.ofText("other", OTHER_SECRET)));
        sets.put("", SecretSet.of(Secret.ofText("shared", SignedRequests.SECRET)));
        WebhookGate.Builder builder = WebhookGate.builder()
                .settings(Settings.of(settings))
                .clock(new SettableClock())
                .nanos(() -> java.time.Duration.between(SignedRequests.NOW, now).toNanos())
                .onOutcome(outcomes::add)
                .tenants(this::tenants)
                .secrets(request -> {
                    asked.add("secret of " + request.tenant());
                    return sets.getOrDefault(request.tenant().orElse(""), SecretSet.none());
                });
        this.gate = more.apply(builder).build();
    }

    static TestGate of(String... settings) {
        return with(b -> b, settings);
    }

    static TestGate with(UnaryOperator<WebhookGate.Builder> more, String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put("webhook/" + settings[i], settings[i + 1]);
        }
        return new TestGate(map, more);
    }

    private final class SettableClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private List<String> tenants(TenantClaims claims) {
        asked.add("tenant of " + claims);
        Optional<String> number = claims.get("did");
        if (number.isPresent()) {
            return switch (number.get()) {
                case SignedRequests.TENANT_NUMBER -> List.of(SignedRequests.TENANT);
                case "+390600000" -> List.of("bare");
                case "+390699999" -> List.of("globex", SignedRequests.TENANT);
                default -> List.of();
            };
        }
        return claims.get("tenant").filter(List.of("acme", "globex", "bare")::contains).stream()
                .toList();
    }

    Verdict verify(SignedRequests.Draft draft) {
        return gate.verify(draft.sender, draft.build());
    }

    /** The reason of a rejection; fails if the request is verified. */
    Reason reason(SignedRequests.Draft draft) {
        return assertInstanceOf(Verdict.Rejected.class, verify(draft)).reason();
    }

    /** The delivery; fails if the request is rejected. */
    WebhookDelivery delivery(SignedRequests.Draft draft) {
        return assertInstanceOf(Verdict.Verified.class, verify(draft)).delivery();
    }

    Admission admit(SignedRequests.Draft draft) {
        return gate.admit(draft.sender, draft.build());
    }

    /** The claim of a request; fails if it is not admitted. */
    DeliveryClaim claim(SignedRequests.Draft draft) {
        return assertInstanceOf(Admission.Admitted.class, admit(draft)).claim();
    }

    /** The answer to a request; fails if it is admitted. */
    Answer answer(SignedRequests.Draft draft) {
        return assertInstanceOf(Admission.Answered.class, admit(draft)).answer();
    }

    /** An answer as one text, to compare it whole. */
    static String text(Answer answer) {
        return answer.status() + " " + answer.headers() + " "
                + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
