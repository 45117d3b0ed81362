package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.embedded.CapturedLog;

/** How a claim ends: once, told once, and answered as the store lets it. */
class ClaimOutcomeTest {

    private static final Answer OK = Answer.text(200, "text/plain", "ok");
    private static final Answer BROKEN = Answer.text(500, "text/plain", "broken");

    /** A store that writes down what is asked of it and does as it is told. */
    private static final class Recorder implements DeliveryStore {
        final List<String> calls = new ArrayList<>();
        Answer stored;
        boolean held = true;
        RuntimeException fails;
        RuntimeException failsToRelease;

        @Override
        public Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
            return new Claim.Granted(new ClaimToken(keys, 1));
        }

        @Override
        public boolean complete(ClaimToken token, Answer answer) {
            calls.add("complete");
            stored = answer;
            if (fails != null) {
                throw fails;
            }
            return held;
        }

        @Override
        public void release(ClaimToken token) {
            calls.add("release");
            if (failsToRelease != null) {
                throw failsToRelease;
            }
        }
    }

    private final Recorder store = new Recorder();
    private final TestGate gate = TestGate.with(b -> b.deliveries(store));

    private DeliveryClaim stored() {
        return gate.claim(SignedRequests.zorio("x"));
    }

    /** The claim of a delivery whose copies are handled, too. */
    private DeliveryClaim open() {
        SignedRequests.Draft draft = SignedRequests.zorio("x");
        return assertInstanceOf(Admission.Admitted.class, gate.gate.admit(draft.sender, draft.build(), true))
                .claim();
    }

    private void told(String... expected) {
        assertEquals(
                List.of(expected),
                gate.outcomes.stream().map(o -> o.kind() + " " + o.status()).toList());
    }

    @Test
    void completedClaim_isStoredAndToldOnce() {
        DeliveryClaim claim = stored();
        assertSame(OK, claim.complete(OK));
        assertSame(BROKEN, claim.complete(BROKEN));
        claim.release();
        assertEquals(List.of("complete"), store.calls);
        told("ACCEPTED 200");
    }

    @Test
    void answerThatAcknowledgesNothing_releasesAndIsToldOnce() {
        DeliveryClaim claim = stored();
        assertSame(BROKEN, claim.complete(BROKEN));
        assertEquals(503, claim.complete(OK).status(), "what was given back cannot be acknowledged any more");
        assertEquals(List.of("release"), store.calls);
        told("FAILED 500");
    }

    @Test
    void releasedClaim_isToldOnce() {
        DeliveryClaim claim = stored();
        claim.release();
        claim.release();
        assertEquals(503, claim.complete(OK).status(), "what was given back cannot be acknowledged any more");
        assertEquals(List.of("release"), store.calls);
        told("FAILED 500");
    }

    @Test
    void claimThatAnotherHasTaken_isNotAcknowledged() {
        store.held = false;
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            assertEquals(503, stored().complete(OK).status());
            assertEquals(1, log.count("sender zorio", "longer than the claim's lease"));
        }
        assertEquals(List.of("complete"), store.calls);
        told("FAILED 503");
    }

    @Test
    void storeThatCannotRecord_isNotAcknowledgedAndReleased() {
        store.fails = new IllegalStateException("down");
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            assertEquals(503, stored().complete(OK).status());
            assertEquals(1, log.count("sender zorio: the delivery store could not complete"));
        }
        assertEquals(List.of("complete", "release"), store.calls);
        told("FAILED 503");
    }

    @Test
    void storeThatCannotRelease_harmsNobody() {
        store.failsToRelease = new IllegalStateException("down");
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            stored().release();
            assertEquals(1, log.count("sender zorio: the delivery store could not release"));
        }
        told("FAILED 500");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 102_400, 102_401})
    void longAnswer_isStoredWithoutItsBodyAndSentWithIt(int length) {
        Answer answer = Answer.of(200, java.util.Map.of("X-Own", "1"), new byte[length]);
        assertSame(answer, stored().complete(answer));
        assertEquals(length > 102_400 ? 0 : length, store.stored.body().length);
        assertEquals(answer.headers(), store.stored.headers());
        assertEquals(200, store.stored.status());
    }

    @Test
    void claimWithoutAStore_isToldOnceHoweverItEnds() {
        DeliveryClaim good = open();
        assertSame(OK, good.complete(OK));
        assertSame(BROKEN, good.complete(BROKEN));
        good.release();
        DeliveryClaim bad = open();
        assertSame(BROKEN, bad.complete(BROKEN));
        bad.release();
        DeliveryClaim released = open();
        released.release();
        released.release();
        assertSame(OK, released.complete(OK));
        assertEquals(List.of(), store.calls);
        told("ACCEPTED 200", "FAILED 500", "FAILED 500");
    }
}
