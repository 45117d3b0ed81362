package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Sender;

/** Writes one line for each outcome, one for repeated failures of an address, and one for an answer that came late. */
final class OutcomeLog {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");

    private final FailureAlarm alarm;
    private final Map<String, LongAdder> late = new ConcurrentHashMap<>();

    OutcomeLog(Clock clock) {
        this.alarm = new FailureAlarm(clock);
    }

    void write(Sender sender, WebhookOutcome outcome) {
        boolean rejected = outcome.kind() == WebhookOutcome.Kind.REJECTED;
        LOG.log(rejected || outcome.kind() == WebhookOutcome.Kind.FAILED ? Level.WARNING : Level.INFO, line(outcome));
        boolean callersFault = outcome.reason().map(r -> !r.ours()).orElse(false);
        if (callersFault && alarm.rejected(outcome.address())) {
            LOG.log(
                    Level.ERROR,
                    "webhook alert address=" + LogText.escape(outcome.address()) + " sender=" + outcome.sender()
                            + ": " + FailureAlarm.THRESHOLD + " requests rejected within "
                            + FailureAlarm.WINDOW.toMinutes() + " minutes");
        }
        sender.limits()
                .answerWithin()
                .filter(limit -> outcome.took().compareTo(limit) > 0)
                .ifPresent(limit -> {
                    LongAdder count = late.computeIfAbsent(sender.name(), n -> new LongAdder());
                    count.increment();
                    LOG.log(
                            Level.WARNING,
                            "webhook answered late sender=" + sender.name() + " took="
                                    + outcome.took().toMillis() + "ms limit=" + limit.toMillis() + "ms count="
                                    + count.sum());
                });
    }

    private static String line(WebhookOutcome outcome) {
        StringBuilder line = new StringBuilder("webhook ")
                .append(outcome.kind().name().toLowerCase(java.util.Locale.ROOT))
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
