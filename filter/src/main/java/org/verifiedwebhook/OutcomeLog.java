package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Sender;

/**
 * Writes one line for each outcome, one for repeated failures of an address, and one for an answer that came late. Under a
 * flood some of them only, and how many are left out.
 */
final class OutcomeLog {

    /** Lines of one sender, outcome and reason at once, and each second from then on. */
    static final int BURST = 200;

    static final int PER_SECOND = 50;
    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");

    private final FailureAlarm alarm;
    private final LogSampler sampler;
    private final Map<String, LongAdder> late = new ConcurrentHashMap<>();

    OutcomeLog(Clock clock, LongSupplier nanos) {
        this.alarm = new FailureAlarm(clock);
        this.sampler = new LogSampler(LOG, BURST, Duration.ofSeconds(1).dividedBy(PER_SECOND), nanos);
    }

    void write(Sender sender, WebhookOutcome outcome) {
        boolean rejected = outcome.kind() == WebhookOutcome.Kind.REJECTED;
        Level level = rejected || outcome.kind() == WebhookOutcome.Kind.FAILED ? Level.WARNING : Level.INFO;
        if (isRecord(outcome) || sampler.admits(kind(outcome, level))) {
            LOG.log(level, line(outcome));
        }
        boolean callersFault = outcome.reason().map(r -> !r.ours()).orElse(false);
        if (callersFault && alarm.rejected(outcome.address()) && sampler.admits(kind(outcome, "alert", Level.ERROR))) {
            LOG.log(
                    Level.ERROR,
                    "webhook alert address=" + LogText.escape(outcome.address()) + " sender=" + outcome.sender()
                            + ": " + FailureAlarm.THRESHOLD + " requests rejected within "
                            + FailureAlarm.WINDOW.toMinutes() + " minutes");
        }
        sender.limits()
                .answerWithin()
                .filter(limit -> outcome.took().compareTo(limit) > 0)
                .ifPresent(limit -> late(sender, outcome, limit));
        sampler.flushIfDue();
    }

    /** What was handled with a proof leaves its line, whatever else goes on: it is the record of what was done. */
    private static boolean isRecord(WebhookOutcome outcome) {
        return outcome.kind() == WebhookOutcome.Kind.ACCEPTED
                && outcome.assurance().orElse(Assurance.IDENTIFIED) != Assurance.IDENTIFIED;
    }

    private static LogSampler.Kind kind(WebhookOutcome outcome, Level level) {
        String reason = outcome.reason().map(r -> " reason=" + r.key()).orElse("");
        return kind(outcome, outcome.kind().key() + reason, level);
    }

    private static LogSampler.Kind kind(WebhookOutcome outcome, String what, Level level) {
        return new LogSampler.Kind("sender=" + outcome.sender() + " outcome=" + what, level);
    }

    private void late(Sender sender, WebhookOutcome outcome, Duration limit) {
        LongAdder count = late.computeIfAbsent(sender.name(), n -> new LongAdder());
        count.increment();
        if (sampler.admits(kind(outcome, "late", Level.WARNING))) {
            LOG.log(
                    Level.WARNING,
                    "webhook answered late sender=" + sender.name() + " took="
                            + outcome.took().toMillis() + "ms limit=" + limit.toMillis() + "ms count=" + count.sum());
        }
    }

    void flush() {
        sampler.flush();
    }

    private static String line(WebhookOutcome outcome) {
        StringBuilder line = new StringBuilder("webhook ")
                .append(outcome.kind().key())
                .append(" sender=")
                .append(outcome.sender());
        outcome.reason().ifPresent(reason -> line.append(" reason=").append(reason.key()));
        field(line, "tenant", outcome.tenant().orElse("-"));
        field(line, "address", outcome.address());
        field(line, "method", outcome.method());
        field(line, "path", outcome.path());
        field(line, "id", outcome.deliveryId().orElse("-"));
        field(line, "event", outcome.eventType().orElse("-"));
        outcome.assurance().ifPresent(a -> line.append(" assurance=").append(a));
        field(line, "secret", outcome.secretLabel().orElse("-"));
        if (outcome.reason().equals(Optional.of(Reason.BODY_CONSUMED))) {
            line.append(" cure=\"something read the body first: map nothing that reads parameters before this\"");
        }
        return line.append(" status=")
                .append(outcome.status())
                .append(" took=")
                .append(outcome.took().toMillis())
                .append("ms")
                .toString();
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append('=').append(LogText.escape(value));
    }
}
