package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.verifiedwebhook.SignedRequests.NOW;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.Reason;

/** How old and how new a delivery may be, and how its time must be written. */
class FreshnessTest {

    private final TestGate gate = TestGate.of();

    @ParameterizedTest
    @CsvSource({"-300000", "-299999", "-299000", "0", "299000", "299999", "300000"})
    void timestampWithinTolerance_isVerified(long millis) {
        gate.now = NOW.plusMillis(millis);
        assertInstanceOf(Verdict.Verified.class, gate.verify(SignedRequests.zorio("x")));
        assertInstanceOf(Verdict.Verified.class, gate.verify(SignedRequests.chaindocV2("e", NOW.toString())));
    }

    @ParameterizedTest
    @CsvSource({
        "300001, TIMESTAMP_STALE",
        "301000, TIMESTAMP_STALE",
        "-300001, TIMESTAMP_FUTURE",
        "-301000, TIMESTAMP_FUTURE"
    })
    void timestampBeyondTolerance_isRefused(long millis, Reason reason) {
        gate.now = NOW.plusMillis(millis);
        assertEquals(reason, gate.reason(SignedRequests.zorio("x")));
        assertEquals(reason, gate.reason(SignedRequests.chaindocV2("e", NOW.toString())));
    }

    @Test
    void timestampWithFraction_isJudgedByIt() {
        String late = NOW.minus(Duration.ofMillis(300_001)).toString();
        String just = NOW.minus(Duration.ofMillis(299_999)).toString();
        assertEquals(Reason.TIMESTAMP_STALE, gate.reason(SignedRequests.chaindocV2("e", late)));
        assertInstanceOf(Verdict.Verified.class, gate.verify(SignedRequests.chaindocV2("e", just)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1767225600",
                "-1767225600",
                "01767225600",
                "1_767_225_600",
                "\u0661\u0667\u0666\u0667\u0662\u0662\u0665\u0666\u0660\u0660",
                "\uff11767225600",
                "1767225600abc",
                "1767225600.9",
                "1767225600 ",
                " 1767225600",
                "1767225600,1767225600",
                "0x6955b900",
                "1.7672256e9",
                "2026-01-01T00:00:00Z",
                "1767225600L",
                "99999999999999999999",
                "abc",
                "\u0000"
            })
    void lenientSpellingOfSeconds_isUnreadable(String text) {
        SignedRequests.Draft draft = SignedRequests.zorio("x").header("X-Zorio-Timestamp", text);
        assertEquals(Reason.TIMESTAMP_UNREADABLE, gate.reason(draft));
        checkStale(gate.answer(draft));
    }

    private static void checkStale(Answer answer) {
        assertEquals("400 {Content-Type=text/plain;charset=UTF-8} Stale timestamp", TestGate.text(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1767225600000", "0", "1767225301000"})
    void millisecondsAndZeroInSeconds_areNotFresh(String text) {
        Answer answer = gate.answer(SignedRequests.zorio("x").header("X-Zorio-Timestamp", text));
        checkStale(answer);
    }

    @Test
    void twoTimestamps_areUnreadable() {
        String good = Long.toString(NOW.getEpochSecond());
        SignedRequests.Draft draft = SignedRequests.zorio("x").header("X-Zorio-Timestamp", good, good);
        assertEquals(Reason.TIMESTAMP_UNREADABLE, gate.reason(draft));
        checkStale(gate.answer(draft));
    }

    @Test
    void noTimestamp_isMissing() {
        assertEquals(
                Reason.TIMESTAMP_MISSING, gate.reason(SignedRequests.zorio("x").header("X-Zorio-Timestamp")));
        assertEquals(
                Reason.TIMESTAMP_MISSING, gate.reason(SignedRequests.zorio("x").header("X-Zorio-Timestamp", "")));
        checkStale(gate.answer(SignedRequests.zorio("x").header("X-Zorio-Timestamp")));
    }

    @Test
    void staleAndWrongSignature_isStaleFirst() {
        gate.now = NOW.plusSeconds(301);
        checkStale(gate.answer(SignedRequests.zorio("x").tag()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1767225600",
                "2026-01-01",
                "2026-01-01T00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01t00:00:00z",
                "2026-1-1T00:00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00Z ",
                "2026-02-30T00:00:00Z",
                "2026-01-01T24:00:01Z",
                "2025-12-31T23:59:60Z",
                "2026-01-01T00:00:00+0000",
                "2026-01-01T00:00:00+25:00",
                "+2026-01-01T00:00:00Z",
                "\u0662\u0660\u0662\u0666-01-01T00:00:00Z",
                "Thu, 01 Jan 2026 00:00:00 GMT"
            })
    void lenientSpellingOfIso8601_isUnreadable(String text) {
        assertEquals(Reason.TIMESTAMP_UNREADABLE, gate.reason(SignedRequests.chaindocV2("e", text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-01-01T00:00:00Z", "2026-01-01T00:00:00.1234567890123Z", "2026-01-01T05:30:00.000+05:30"})
    void strictIso8601_isVerified(String text) {
        assertInstanceOf(Verdict.Verified.class, gate.verify(SignedRequests.chaindocV2("e", text)));
    }

    @Test
    void sameInstantSpeltOtherwise_breaksTheSignature() {
        SignedRequests.Draft draft = SignedRequests.chaindocV2("e", "2026-01-01T00:00:00Z")
                .header("X-Chaindoc-Timestamp", "2026-01-01T00:00:00.000Z");
        assertEquals(Reason.SIGNATURE_MISMATCH, gate.reason(draft));
    }

    @Test
    void toleranceSetting_movesTheEdge() {
        TestGate wide = TestGate.of("zorio/tolerance", "PT1H");
        wide.now = NOW.plusSeconds(3600);
        assertInstanceOf(Verdict.Verified.class, wide.verify(SignedRequests.zorio("x")));
        wide.now = NOW.plusSeconds(3601);
        assertEquals(Reason.TIMESTAMP_STALE, wide.reason(SignedRequests.zorio("x")));
    }
}
