package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.sender.Reason;

/** A flood leaves a bounded log, and every number is exact. */
@ResourceLock("org.verifiedwebhook")
class FloodLogTest {

    private static final Pattern UNLOGGED = Pattern.compile("webhook unlogged (.+) lines=([0-9]+)");

    @RegisterExtension
    final RecordedLog log = new RecordedLog();

    private long lines(String beginning) {
        return log.records().stream()
                .filter(r -> r.getMessage().startsWith(beginning))
                .count();
    }

    /** The sum of what the summaries of this kind say. */
    private long unlogged(String kind) {
        return log.records().stream()
                .flatMap(r -> UNLOGGED.matcher(r.getMessage()).results())
                .filter(m -> m.group(1).equals(kind))
                .map(MatchResult::group)
                .mapToLong(text -> Long.parseLong(text.substring(text.lastIndexOf('=') + 1)))
                .sum();
    }

    private static void pass(TestGate gate, Duration time) {
        gate.now = gate.now.plus(time);
    }

    @Test
    void fiveThousandBadTagsASecondForAMinute_areCountedToTheRequestInAFewMegabytes() {
        TestGate gate = TestGate.of();
        WebhookRequest bad =
                SignedRequests.edgvoip("acme").tag("sha256=" + "0".repeat(64)).build();
        int requests = 300_000;
        for (int i = 0; i < requests; i++) {
            gate.gate.admit("edgvoip", bad);
            gate.outcomes.clear();
            gate.asked.clear();
            pass(gate, Duration.ofNanos(200_000));
        }
        pass(gate, LogSampler.SUMMARY);
        gate.gate.admit("edgvoip", bad);
        requests++;
        long written = lines("webhook rejected sender=edgvoip reason=signature-mismatch ");
        long left = unlogged("sender=edgvoip outcome=rejected reason=signature-mismatch");
        assertEquals(requests, written + left);
        assertTrue(written >= 60L * OutcomeLog.PER_SECOND, written + " lines");
        assertTrue(written <= OutcomeLog.BURST + 71L * OutcomeLog.PER_SECOND, written + " lines");
        assertTrue(lines("webhook unlogged") <= 8, "summaries");
        long bytes = log.records().stream()
                .mapToLong(r -> r.getMessage().length() + 100L)
                .sum();
        assertTrue(bytes < 3_000_000, bytes + " bytes");
        assertEquals(requests, gate.gate.counters().count("edgvoip", Reason.SIGNATURE_MISMATCH));
        assertEquals(requests, gate.gate.counters().count("edgvoip", WebhookOutcome.Kind.REJECTED));
    }

    @Test
    void floodOfOneKind_costsNoOtherItsLines() {
        TestGate gate = TestGate.of();
        for (int i = 0; i < 1000; i++) {
            gate.answer(SignedRequests.zorio("x").tag());
            Draft good = SignedRequests.signalwireJson("{\"n\":" + i + "}");
            gate.claim(good).complete(Answer.text(200, "text/plain", "ok"));
        }
        gate.answer(SignedRequests.zorio("x").tag("sha256=" + "0".repeat(64)));
        gate.answer(SignedRequests.chaindoc().tag());
        assertEquals(OutcomeLog.BURST, lines("webhook rejected sender=zorio reason=signature-missing "));
        assertEquals(1, lines("webhook rejected sender=zorio reason=signature-mismatch "));
        assertEquals(1, lines("webhook rejected sender=chaindoc reason=signature-missing "));
        assertEquals(1000, lines("webhook accepted sender=signalwire "), "a record of each that was handled");
    }

    /** Anybody can send those, so their lines could fill a disk. */
    @Test
    void acceptedOfAnUnsignedSender_areSampledToo() {
        TestGate gate = TestGate.of("cloudonix-cdr/rate", "none");
        for (int i = 0; i < 1000; i++) {
            Draft record = SignedRequests.cdr(
                    SignedRequests.utf8("{\"owner\":{\"domain\":{\"uuid\":\"acme\"}},\"n\":" + i + "}"));
            gate.claim(record).complete(Answer.text(200, "text/plain", "ok"));
        }
        assertEquals(OutcomeLog.BURST, lines("webhook accepted sender=cloudonix-cdr "));
        assertEquals(1000, gate.gate.counters().count("cloudonix-cdr", WebhookOutcome.Kind.ACCEPTED));
    }

    @Test
    void alertsOfManyAddresses_areSampledToo() {
        TestGate gate = TestGate.of();
        for (int address = 0; address < 500; address++) {
            for (int i = 0; i < FailureAlarm.THRESHOLD; i++) {
                gate.answer(SignedRequests.zorio("x").tag().address("2001:db8::" + Integer.toHexString(address)));
            }
        }
        assertEquals(OutcomeLog.BURST, lines("webhook alert "));
    }

    @Test
    void whatWasLeftOut_isToldWithTheNextOutcomeAfterTheFlood() {
        TestGate gate = TestGate.of();
        for (int i = 0; i < 1000; i++) {
            gate.answer(SignedRequests.zorio("x").tag());
        }
        assertEquals(0, lines("webhook unlogged"), "not yet");
        pass(gate, LogSampler.SUMMARY);
        gate.claim(SignedRequests.edgvoip("acme")).complete(Answer.text(200, "text/plain", "ok"));
        assertEquals(1000 - OutcomeLog.BURST, unlogged("sender=zorio outcome=rejected reason=signature-missing"));
        pass(gate, LogSampler.SUMMARY);
        gate.answer(SignedRequests.zorio("x").tag());
        assertEquals(1, lines("webhook unlogged"), "and once");
    }

    @Test
    void endOfTheApplication_tellsWhatWasLeftOut() {
        TestGate gate = TestGate.of();
        Runnable end = gate.gate.publishCounters("flood-log-test-end");
        for (int i = 0; i < 1000; i++) {
            gate.answer(SignedRequests.zorio("x").tag());
        }
        end.run();
        assertEquals(1000 - OutcomeLog.BURST, unlogged("sender=zorio outcome=rejected reason=signature-missing"));
    }

    @Test
    void ownFailures_leaveOneStackTraceAMinuteAndTheNumberOfTheOthers() {
        TestGate failing = TestGate.with(b -> b.secrets(r -> {
            throw new SecretUnavailableException("down");
        }));
        for (int i = 0; i < 1000; i++) {
            failing.answer(SignedRequests.zorio("x"));
        }
        assertEquals(
                1, log.records().stream().filter(r -> r.getThrown() != null).count());
        pass(failing, Duration.ofMinutes(1));
        failing.answer(SignedRequests.zorio("x"));
        assertEquals(
                2, log.records().stream().filter(r -> r.getThrown() != null).count());
        assertEquals(999, unlogged("fault=SecretUnavailableException what=\"sender zorio: no secret to be had\""));
        assertEquals(1001, failing.gate.counters().count("zorio", Reason.SECRET_UNAVAILABLE));
    }

    @Test
    void counters_areAttributesInJmxUntilTheEnd() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        TestGate gate = TestGate.of();
        ObjectName quoted = new ObjectName("org.verifiedwebhook:type=Webhooks,name=" + ObjectName.quote("/jmx*test"));
        Runnable end = gate.gate.publishCounters("/jmx*test");
        Runnable second = TestGate.of().gate.publishCounters("/jmx*test");
        gate.gate.counters().bodiesHeld(() -> 42);
        gate.answer(SignedRequests.zorio("x").tag());
        gate.claim(SignedRequests.zorio("x")).complete(Answer.text(200, "text/plain", "ok"));
        assertEquals(1L, server.getAttribute(quoted, "zorio.rejected.signature-missing"));
        assertEquals(1L, server.getAttribute(quoted, "zorio.rejected"));
        assertEquals(1L, server.getAttribute(quoted, "zorio.accepted"));
        assertEquals(0L, server.getAttribute(quoted, "zorio.duplicate"));
        assertEquals(42L, server.getAttribute(quoted, "bodies.held"));
        assertEquals(
                1 + WebhookOutcome.Kind.values().length + Reason.values().length,
                server.getMBeanInfo(quoted).getAttributes().length);
        second.run();
        assertTrue(server.isRegistered(quoted), "a name that is taken stays with its holder");
        end.run();
        assertEquals(Set.of(), server.queryNames(quoted, null));
    }
}
