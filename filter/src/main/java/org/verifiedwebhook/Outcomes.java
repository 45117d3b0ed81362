package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.verifiedwebhook.sender.Sender;

/** Where a gate tells what became of its requests: counters, log, listener. */
final class Outcomes {

    private final WebhookCounters counters = new WebhookCounters();
    private final FaultLog faults;
    private final OutcomeLog log;
    private final Consumer<WebhookOutcome> listener;

    Outcomes(Clock clock, LongSupplier nanos, Consumer<WebhookOutcome> listener) {
        this.faults = new FaultLog(nanos);
        this.log = new OutcomeLog(clock, nanos);
        this.listener = listener;
    }

    WebhookCounters counters() {
        return counters;
    }

    void tell(Sender sender, WebhookOutcome outcome) {
        counters.count(outcome);
        log.write(sender, outcome);
        faults.flushIfDue();
        try {
            listener.accept(outcome);
        } catch (RuntimeException e) {
            fault(Level.WARNING, "a listener of webhook outcomes failed", e);
        }
    }

    /** @param what as {@link FaultLog#write} */
    void fault(Level level, String what, Throwable fault) {
        faults.write(level, what, fault);
    }

    /** Writes the numbers that wait for their line. */
    void flush() {
        log.flush();
        faults.flush();
    }
}
