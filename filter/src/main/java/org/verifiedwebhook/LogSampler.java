package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets so many lines of each kind into the log and counts the rest, so that a flood fills no disk and no number is lost.
 * Has no timer: what was left out is told with one of the next events, or at {@link #flush}. Thread-safe.
 */
final class LogSampler {

    /** How often it is told what was left out. */
    static final Duration SUMMARY = Duration.ofSeconds(10);

    private final System.Logger log;
    private final int burst;
    private final long nanosPerLine;
    private final LongSupplier nanos;
    private final Map<Kind, Allowance> allowances = new ConcurrentHashMap<>();
    private final AtomicLong nextSummary;

    /**
     * @param burst lines of a kind at once
     * @param perLine the time after which there may be one more
     * @param nanos a time that never goes back
     */
    LogSampler(System.Logger log, int burst, Duration perLine, LongSupplier nanos) {
        this.log = log;
        this.burst = burst;
        this.nanosPerLine = perLine.toNanos();
        this.nanos = nanos;
        this.nextSummary = new AtomicLong(nanos.getAsLong() + SUMMARY.toNanos());
    }

    /**
     * What is counted together. There must be few: they are remembered for ever.
     *
     * @param text how the summary names it
     * @param level of its lines and of the summary
     */
    record Kind(String text, Level level) {}

    private final class Allowance {
        private long credit = burst * nanosPerLine;
        private long last = nanos.getAsLong();
        private long leftOut;

        synchronized boolean take() {
            long now = nanos.getAsLong();
            credit = Math.min(burst * nanosPerLine, credit + Math.max(0, now - last));
            last = now;
            if (credit < nanosPerLine) {
                leftOut++;
                return false;
            }
            credit -= nanosPerLine;
            return true;
        }

        synchronized long told() {
            long number = leftOut;
            leftOut = 0;
            return number;
        }
    }

    /** Whether a line of this kind may be written; if not, it is counted. */
    boolean admits(Kind kind) {
        return allowances.computeIfAbsent(kind, k -> new Allowance()).take();
    }

    /** Tells what was left out, if it is time. */
    void flushIfDue() {
        long due = nextSummary.get();
        long now = nanos.getAsLong();
        if (now - due >= 0 && nextSummary.compareAndSet(due, now + SUMMARY.toNanos())) {
            flush();
        }
    }

    /** Tells what was left out. */
    void flush() {
        allowances.forEach((kind, allowance) -> {
            long number = allowance.told();
            if (number > 0) {
                log.log(kind.level(), "webhook unlogged " + kind.text() + " lines=" + number);
            }
        });
    }
}
