package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.HandlerTransaction;
import org.verifiedwebhook.delivery.InMemoryDeliveryStore;
import org.verifiedwebhook.embedded.CapturedLog;

/** Every path ends the handler's transaction once, and before the claim is given back. */
class HandlerTransactionTest {

    private static final Answer OK = Answer.text(200, "text/plain", "OK");

    private final List<String> log = new ArrayList<>();
    private final TestGate gate = TestGate.with(b -> b.deliveries(new Recording()));
    private boolean begins = true;
    private boolean completes = true;
    private boolean held = true;
    private boolean commits = true;
    private boolean claims = true;
    private boolean current = true;
    private boolean releases = true;
    private boolean dies;

    private final class Recording implements DeliveryStore {
        private final InMemoryDeliveryStore memory = new InMemoryDeliveryStore();

        @Override
        public Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
            log.add("claim " + lease);
            fail(claims);
            return memory.claim(keys, lease, retention);
        }

        @Override
        public boolean complete(ClaimToken token, Answer answer) {
            log.add("complete");
            fail(completes);
            return held && memory.complete(token, answer);
        }

        @Override
        public void release(ClaimToken token) {
            log.add("release");
            fail(releases);
            memory.release(token);
        }

        @Override
        public boolean transactional() {
            return true;
        }

        @Override
        public HandlerTransaction begin(ClaimToken token, Duration timeout) {
            log.add("begin " + timeout);
            fail(begins);
            return new HandlerTransaction() {
                @Override
                public boolean isCurrent() {
                    return current;
                }

                @Override
                public void commit() {
                    log.add("commit");
                    fail(commits);
                }

                @Override
                public void rollback() {
                    log.add("rollback");
                }
            };
        }

        private void fail(boolean unless) {
            if (!unless && dies) {
                throw new NoClassDefFoundError("gone");
            }
            if (!unless) {
                throw new DeliveryStoreUnavailableException("down");
            }
        }
    }

    private DeliveryClaim claim() {
        DeliveryClaim claim = gate.claim(SignedRequests.zorio("x"));
        assertTrue(claim.holdsTransaction());
        assertEquals(List.of("claim PT30S", "begin PT29S"), log);
        log.clear();
        return claim;
    }

    @Test
    void acknowledgement_isRecordedAndCommittedBeforeItIsSent() {
        DeliveryClaim claim = claim();

        assertEquals(200, claim.complete(OK).status());

        assertEquals(List.of("complete", "commit"), log);
        assertEquals(1, gate.outcomes.size());
        assertEquals(WebhookOutcome.Kind.ACCEPTED, gate.outcomes.get(0).kind());
    }

    @Test
    void acknowledgementOutsideTheTransaction_is503AndRecordsNothing() {
        DeliveryClaim claim = claim();
        current = false;

        assertEquals(503, claim.complete(OK).status());
        assertEquals(List.of(), log);

        claim.release();
        assertEquals(List.of("rollback", "release"), log);
    }

    @Test
    void failureOnAnotherThread_leavesTheTransactionToItsOwn() throws Exception {
        DeliveryClaim claim = claim();
        Answer failed = Answer.text(500, "text/plain", "no");

        assertSame(
                failed,
                CompletableFuture.supplyAsync(() -> claim.complete(failed)).get());
        assertEquals(List.of(), log);

        claim.release();
        assertEquals(List.of("rollback", "release"), log);
    }

    @Test
    void laterEnds_doNothing() {
        DeliveryClaim claim = claim();
        claim.complete(OK);

        assertEquals(200, claim.complete(OK).status());
        claim.release();

        assertEquals(List.of("complete", "commit"), log);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 500, 503})
    void answerThatIsNoSuccess_undoesTheWork(int status) {
        DeliveryClaim claim = claim();

        assertEquals(
                status, claim.complete(Answer.text(status, "text/plain", "no")).status());
        claim.release();

        assertEquals(List.of("rollback", "release"), log);
    }

    @Test
    void handlerThatFails_undoesTheWork() {
        DeliveryClaim claim = claim();

        claim.release();
        claim.release();

        assertEquals(List.of("rollback", "release"), log);
    }

    @Test
    void acknowledgementAfterTheEnd_is503() {
        DeliveryClaim claim = claim();
        claim.release();

        assertEquals(503, claim.complete(OK).status());

        assertEquals(List.of("rollback", "release"), log);
    }

    @Test
    void lostLease_undoesTheWorkAndLeavesTheClaimToItsNewHolder() {
        DeliveryClaim claim = claim();
        held = false;

        assertEquals(503, claim.complete(OK).status());
        claim.release();

        assertEquals(List.of("complete", "rollback"), log);
    }

    @Test
    void completionThatFails_undoesTheWork() {
        DeliveryClaim claim = claim();
        completes = false;

        assertEquals(503, claim.complete(OK).status());
        claim.release();

        assertEquals(List.of("complete", "rollback", "release"), log);
    }

    @Test
    void commitThatFails_is503AndFreesTheClaim() {
        DeliveryClaim claim = claim();
        commits = false;

        assertEquals(503, claim.complete(OK).status());
        claim.release();

        assertEquals(List.of("complete", "commit", "release"), log);
        assertEquals(WebhookOutcome.Kind.FAILED, gate.outcomes.get(0).kind());
    }

    @Test
    void commitThatWasSaidToFailAndDidNot_givesTheRetryItsAnswer() {
        DeliveryClaim claim = claim();
        commits = false;

        claim.complete(OK);

        // The memory here knows it as complete, as a database would that lost the connection after its commit.
        assertEquals(
                "Duplicate",
                new String(gate.answer(SignedRequests.zorio("x")).body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void noTransaction_is503AndNoClaim() {
        begins = false;

        assertEquals(503, gate.answer(SignedRequests.zorio("x")).status());

        assertEquals(List.of("claim PT30S", "begin PT29S", "release"), log);
        begins = true;
        gate.claim(SignedRequests.zorio("x"));
    }

    @Test
    void errorWhileTheTransactionBegins_givesTheClaimBack() {
        begins = false;
        dies = true;

        assertThrows(NoClassDefFoundError.class, () -> gate.claim(SignedRequests.zorio("x")));
        assertEquals(List.of("claim PT30S", "begin PT29S", "release"), log);
    }

    @Test
    void errorWhileTheDeliveryIsRecorded_undoesTheWork() {
        DeliveryClaim claim = claim();
        completes = false;
        dies = true;

        assertThrows(NoClassDefFoundError.class, () -> claim.complete(OK));
        assertEquals(List.of("complete", "rollback", "release"), log);
    }

    @Test
    void noClaim_beginsNothing() {
        claims = false;

        assertEquals(503, gate.answer(SignedRequests.zorio("x")).status());

        assertEquals(List.of("claim PT30S"), log);
    }

    @Test
    void copy_beginsNothing() {
        claim().complete(OK);
        log.clear();

        gate.answer(SignedRequests.zorio("x"));

        assertEquals(List.of("claim PT30S"), log);
    }

    @Test
    void handledCopies_haveNoTransaction() {
        Admission admission = gate.gate.admit("zorio", SignedRequests.zorio("x").build(), true);

        DeliveryClaim claim =
                assertInstanceOf(Admission.Admitted.class, admission).claim();
        claim.complete(OK);

        assertFalse(claim.holdsTransaction());
        assertEquals(List.of(), log);
    }

    @Test
    void lease_isASettingOfOneSenderOrOfAll() {
        TestGate own = TestGate.with(b -> b.deliveries(new Recording()), "zorio/lease", "PT5S", "lease", "PT10S");

        own.claim(SignedRequests.zorio("x")).release();
        own.claim(SignedRequests.chaindoc()).release();

        assertEquals(
                List.of(
                        "claim PT5S",
                        "begin PT4S",
                        "rollback",
                        "release",
                        "claim PT10S",
                        "begin PT9S",
                        "rollback",
                        "release"),
                log);
    }

    @Test
    void storeWithoutTransactions_holdsNone() {
        assertFalse(TestGate.of().claim(SignedRequests.zorio("x")).holdsTransaction());
    }

    /** The sender is told to come again; the operator must be told why. */
    @ParameterizedTest
    @ValueSource(strings = {"claim", "begin", "complete", "held", "commit", "release", "thread"})
    void faultOfOurs_isToldToTheOperator(String what) {
        begins = !what.equals("begin");
        claims = !what.equals("claim");
        String said = Map.of(
                        "claim", "sender zorio: the delivery store could not claim",
                        "begin", "sender zorio: no transaction could be begun",
                        "complete", "sender zorio: the delivery store could not complete",
                        "held", "sender zorio: handling took longer than the claim's lease",
                        "commit", "sender zorio: the handler's work did not commit",
                        "release", "sender zorio: the delivery store could not release",
                        "thread", "sender zorio: the handler's transaction is not on the thread that answers")
                .get(what);
        try (CapturedLog captured = CapturedLog.of("org.verifiedwebhook")) {
            Admission admission =
                    gate.gate.admit("zorio", SignedRequests.zorio("x").build());
            if (admission instanceof Admission.Admitted admitted) {
                completes = !what.equals("complete");
                held = !what.equals("held");
                commits = !what.equals("commit");
                current = !what.equals("thread");
                releases = !what.equals("release");
                Answer answer = what.equals("release") ? Answer.text(500, "text/plain", "no") : OK;
                assertEquals(
                        what.equals("release") ? 500 : 503,
                        admitted.claim().complete(answer).status());
            }
            assertEquals(1, captured.count(said), captured::text);
        }
    }
}
