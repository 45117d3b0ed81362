package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.verifiedwebhook.SignedRequests.NOW;
import static org.verifiedwebhook.SignedRequests.SECRET;
import static org.verifiedwebhook.SignedRequests.hex;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

/** What is a copy and how it is answered. */
class DeliveryGateTest {

    private static final Answer OK = Answer.text(202, "text/x-first", "first").with("X-Own", "1");

    private final TestGate gate = TestGate.of();

    static List<Draft> all() {
        return SignedRequests.ofAllThatSign();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 408, 425, 429, 500, 503})
    void answerThatIsNoSuccess_givesTheClaimBack(int status) {
        Draft draft = all().get(0);
        gate.claim(draft).complete(Answer.text(status, "text/plain", "not now"));
        // The control: a claim is granted again, and success then ends it.
        gate.claim(draft).complete(OK);
        assertInstanceOf(Admission.Answered.class, gate.gate.admit(draft.sender, draft.build()));
    }

    @Test
    void gateWithMoreSettings_sharesSecretsAndDeliveries() {
        Draft draft = all().get(0);
        WebhookGate more = gate.gate.precededBy(name -> Optional.empty());
        gate.claim(draft).complete(OK);
        assertInstanceOf(Admission.Answered.class, more.admit(draft.sender, draft.build()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void copy_isAnsweredAndNotHandled(Draft draft) {
        gate.claim(draft).complete(OK);
        String expected =
                switch (draft.sender) {
                    case "zorio" -> "200 {Content-Type=text/plain;charset=UTF-8} Duplicate";
                    case "chaindoc", "chaindoc-v2" -> "200 {Content-Type=application/json} {\"status\":\"duplicate\"}";
                    default -> TestGate.text(OK);
                };
        assertEquals(expected, TestGate.text(gate.answer(draft)));
        assertEquals(expected, TestGate.text(gate.answer(draft)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void copyInFlight_is503(Draft draft) {
        gate.claim(draft);
        Answer answer = gate.answer(draft);
        assertEquals(503, answer.status());
        assertEquals("5", answer.headers().get("Retry-After"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void failedDelivery_isHandledAgain(Draft draft) {
        gate.claim(draft).complete(Answer.text(500, "text/plain", "no"));
        gate.claim(draft).release();
        DeliveryClaim claim = gate.claim(draft);
        claim.complete(OK);
        claim.release();
        gate.answer(draft);
    }

    @Test
    void answerOfTheHandler_isWhatIsSent() {
        assertEquals(
                TestGate.text(OK),
                TestGate.text(gate.claim(SignedRequests.zorio("x")).complete(OK)));
    }

    @Test
    void zorioReplayedWithNewIdAndTimestamp_isACopy() {
        gate.claim(SignedRequests.zorio("x")).complete(OK);
        gate.now = NOW.plusSeconds(100_000);
        Draft replay = SignedRequests.zorio("x")
                .header("X-Zorio-Delivery", "another")
                .header("X-Zorio-Timestamp", Long.toString(gate.now.getEpochSecond()));
        assertEquals("Duplicate", new String(gate.answer(replay).body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void otherBodyWithTheSameUnsignedId_isAnotherDelivery() {
        gate.claim(SignedRequests.zorio("x")).complete(OK);
        assertInstanceOf(Admission.Admitted.class, gate.admit(SignedRequests.zorio("y")));
        gate.claim(SignedRequests.edgvoip("acme")).complete(OK);
        Draft other = SignedRequests.edgvoipBody(SignedRequests.utf8("{\"tenant_external_id\":\"acme\",\"n\":2}"));
        assertInstanceOf(Admission.Admitted.class, gate.admit(other));
    }

    @Test
    void zorioIdIsNotSigned_andSaysSo() {
        WebhookDelivery delivery = gate.delivery(SignedRequests.zorio("x"));
        assertEquals(Optional.of("delivery-1"), delivery.id());
        assertEquals(false, delivery.idSigned());
    }

    @Test
    void chaindocV2WithTheSameIdAndANewTimestamp_isACopy() {
        gate.claim(SignedRequests.chaindocV2("evt_1", NOW.toString())).complete(OK);
        Draft again = SignedRequests.chaindocV2("evt_1", NOW.plusSeconds(60).toString());
        assertEquals(true, gate.delivery(again).idSigned());
        assertEquals(200, gate.answer(again).status());
        Draft other = SignedRequests.chaindocV2("evt_2", NOW.toString());
        assertInstanceOf(Admission.Admitted.class, gate.admit(other));
    }

    @Test
    void otherSpellingOfOneSignature_isACopy() {
        Draft draft = SignedRequests.edgvoip("acme");
        String bare = draft.goodTag().substring("sha256=".length());
        gate.claim(draft).complete(OK);
        gate.answer(draft.tag(bare));
        gate.answer(draft.tag(bare.toUpperCase(java.util.Locale.ROOT)));
        gate.answer(draft.tag("sha256=" + bare.toUpperCase(java.util.Locale.ROOT)));
        gate.answer(draft.method("PUT").url("https://elsewhere.example.org/x").header("X-Request-ID", "other"));
    }

    @Test
    void sameBodyAndSecretUnderTwoTenants_areTwoDeliveries() {
        TestGate byPath = TestGate.with(
                b -> b.tenants(org.verifiedwebhook.secret.TenantResolver.identity())
                        .secrets(r -> org.verifiedwebhook.secret.SecretSet.of(
                                org.verifiedwebhook.secret.Secret.ofText("same", SECRET))),
                "zorio/tenant-from",
                "path:-1");
        Draft one = SignedRequests.zorio("x").url("https://hooks.example.com/zorio/acme");
        Draft two = SignedRequests.zorio("x").url("https://hooks.example.com/zorio/globex");
        byPath.claim(one).complete(OK);
        byPath.claim(two).complete(OK);
        byPath.answer(one);
        byPath.answer(two);
    }

    @Test
    void voice_isNeverACopy() {
        for (int i = 0; i < 3; i++) {
            gate.claim(SignedRequests.voice()).complete(OK);
        }
    }

    @Test
    void cdr_isACopyByMethodPathQueryAndBody() {
        gate.claim(SignedRequests.cdr("acme")).complete(OK);
        assertEquals(
                202,
                gate.answer(SignedRequests.cdr("acme").header("X-Idempotency-Key", "new"))
                        .status());
        gate.claim(SignedRequests.cdr("acme").method("PUT")).complete(OK);
        gate.claim(SignedRequests.cdr("acme").url("https://hooks.example.com/hooks/other"))
                .complete(OK);
        gate.claim(SignedRequests.cdr("acme").url("https://hooks.example.com/hooks/cloudonix-cdr?x"))
                .complete(OK);
        gate.claim(SignedRequests.cdr("globex")).complete(OK);
    }

    @Test
    void copiesWanted_areHandled() {
        TestGate copies = TestGate.of("zorio/handle-copies", "true");
        copies.claim(SignedRequests.zorio("x")).complete(OK);
        copies.claim(SignedRequests.zorio("x")).complete(OK);
        WebhookRequest request = SignedRequests.chaindoc().build();
        assertInstanceOf(Admission.Admitted.class, gate.gate.admit("chaindoc", request, true));
        assertInstanceOf(Admission.Admitted.class, gate.gate.admit("chaindoc", request, true));
    }

    @Test
    void rejectedRequest_claimsNothing() {
        Draft draft = SignedRequests.zorio("x");
        gate.answer(SignedRequests.zorio("x").tag("sha256=" + hex("HmacSHA256", "other", draft.body)));
        gate.claim(draft).complete(OK);
    }

    /** A store that fails where it is told to. */
    private record FailingStore(boolean claims, boolean completes) implements DeliveryStore {
        @Override
        public Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
            if (!claims) {
                throw new DeliveryStoreUnavailableException("down");
            }
            return new Claim.Granted(new ClaimToken(keys, 1));
        }

        @Override
        public boolean complete(ClaimToken token, Answer answer) {
            if (!completes) {
                throw new IllegalStateException("down");
            }
            return false;
        }

        @Override
        public void release(ClaimToken token) {
            throw new IllegalStateException("down");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void storeThatCannotClaim_is503(Draft draft) {
        TestGate failing = TestGate.with(b -> b.deliveries(new FailingStore(false, false)));
        Answer answer = failing.answer(draft);
        assertEquals(503, answer.status());
        assertEquals("5", answer.headers().get("Retry-After"));
    }

    @Test
    void storeThatCannotComplete_is503() {
        TestGate failing = TestGate.with(b -> b.deliveries(new FailingStore(true, false)));
        assertEquals(503, failing.claim(SignedRequests.zorio("x")).complete(OK).status());
        failing.claim(SignedRequests.zorio("x")).release();
    }

    @Test
    void claimThatOutlivedItsLease_is503() {
        TestGate late = TestGate.with(b -> b.deliveries(new FailingStore(true, true)));
        assertEquals(503, late.claim(SignedRequests.zorio("x")).complete(OK).status());
    }

    @Test
    void everyOutcome_isToldOnce() {
        DeliveryClaim claim = gate.claim(SignedRequests.zorio("x"));
        assertEquals(0, gate.outcomes.size());
        claim.complete(OK);
        claim.complete(OK);
        claim.release();
        gate.answer(SignedRequests.zorio("x"));
        gate.claim(SignedRequests.zorio("y")).release();
        gate.answer(SignedRequests.zorio("x").tag());
        assertEquals(
                List.of(
                        WebhookOutcome.Kind.ACCEPTED,
                        WebhookOutcome.Kind.DUPLICATE,
                        WebhookOutcome.Kind.FAILED,
                        WebhookOutcome.Kind.REJECTED),
                gate.outcomes.stream().map(WebhookOutcome::kind).toList());
    }
}
