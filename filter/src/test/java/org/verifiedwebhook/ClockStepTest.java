package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.verifiedwebhook.SignedRequests.NOW;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.sender.Reason;

/** The wall clock jumps an hour while deliveries are under way. Leases and caches count elapsed time and do not notice. */
class ClockStepTest {

    private static final Answer OK = Answer.text(200, "text/plain", "ok");

    private final TestGate gate = TestGate.of();

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void step_opensNoReplay(int hours) {
        for (Draft draft : SignedRequests.ofAllThatSign()) {
            gate.now = NOW;
            gate.claim(draft).complete(OK);
            for (Instant now : new Instant[] {NOW.plus(Duration.ofHours(hours)), NOW}) {
                gate.now = now;
                int status = gate.answer(draft).status();
                assertTrue(status < 500, () -> draft.sender + ": " + status);
            }
        }
    }

    /** A timestamp that nobody signed can follow the clock; the delivery stays the same. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void replayWithATimestampOfTheSteppedClock_isACopy(int hours) {
        gate.claim(SignedRequests.zorio("x")).complete(OK);
        gate.now = NOW.plus(Duration.ofHours(hours));
        Draft replay = SignedRequests.zorio("x").header("X-Zorio-Timestamp", Long.toString(gate.now.getEpochSecond()));
        assertEquals("Duplicate", new String(gate.answer(replay).body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void stepDuringHandling_losesNoClaim(int hours) {
        Draft draft = SignedRequests.edgvoip("acme");
        DeliveryClaim claim = gate.claim(draft);
        gate.now = NOW.plus(Duration.ofHours(hours));
        assertEquals(503, gate.answer(draft).status());
        assertEquals(200, claim.complete(OK).status());
        assertEquals(200, gate.answer(draft).status());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void goodRequestsWithoutATimestamp_areVerifiedThroughAStep(int hours) {
        gate.claim(SignedRequests.edgvoip("acme")).complete(OK);
        int asked = gate.asked.size();
        gate.now = NOW.plus(Duration.ofHours(hours));
        gate.claim(SignedRequests.edgvoipBody(SignedRequests.utf8("{\"tenant_external_id\":\"acme\",\"n\":2}")))
                .complete(OK);
        gate.claim(SignedRequests.signalwireJson("{\"n\":2}")).complete(OK);
        assertFalse(gate.asked.subList(asked, gate.asked.size()).contains("secret of Optional[acme]"));
    }

    /** A clock that is wrong by more than the tolerance refuses what is fresh; nothing of that outlives its repair. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void goodRequestsWithATimestamp_areVerifiedAsSoonAsTheClockIsRight(int hours) {
        gate.now = NOW.plus(Duration.ofHours(hours));
        Reason reason = hours < 0 ? Reason.TIMESTAMP_FUTURE : Reason.TIMESTAMP_STALE;
        assertEquals(reason, gate.reason(SignedRequests.zorio("x")));
        assertEquals(reason, gate.reason(SignedRequests.chaindocV2("e", NOW.toString())));
        gate.now = NOW;
        gate.claim(SignedRequests.zorio("x")).complete(OK);
        gate.claim(SignedRequests.chaindocV2("e", NOW.toString())).complete(OK);
    }

    /** The dates of a secret are judged at each request, not when it was cached. */
    @Test
    void secretsDates_followTheClockAtOnce() {
        SecretSet dated = SecretSet.of(
                Secret.ofText("dated", SignedRequests.SECRET).validFrom(NOW).validUntil(NOW.plusSeconds(60)));
        TestGate limited = TestGate.with(b -> b.secrets(r -> dated));
        assertTrue(limited.verify(SignedRequests.edgvoip("acme")) instanceof Verdict.Verified);
        for (long seconds : new long[] {-3600, -1, 60, 3600}) {
            limited.now = NOW.plusSeconds(seconds);
            assertEquals(Reason.SECRET_MISSING, limited.reason(SignedRequests.edgvoip("acme")));
        }
        limited.now = NOW.plusSeconds(59);
        assertTrue(limited.verify(SignedRequests.edgvoip("acme")) instanceof Verdict.Verified);
    }

    @Test
    void alarmAfterABackwardStep_isNotSilentForAnHour() {
        Instant[] now = {NOW};
        FailureAlarm alarm = new FailureAlarm(new Clock() {
            @Override
            public Instant instant() {
                return now[0];
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        assertEquals(1, alarms(alarm));
        assertEquals(0, alarms(alarm));
        now[0] = NOW.minus(Duration.ofHours(1));
        assertEquals(1, alarms(alarm));
        assertEquals(0, alarms(alarm));
    }

    private static int alarms(FailureAlarm alarm) {
        int alarms = 0;
        for (int i = 0; i < 3 * FailureAlarm.THRESHOLD; i++) {
            alarms += alarm.rejected("192.0.2.7") ? 1 : 0;
        }
        return alarms;
    }
}
