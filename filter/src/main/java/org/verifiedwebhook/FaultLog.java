package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Writes failures of ours: the first of a kind with its stack trace, the others of a minute as a number. */
final class FaultLog {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");

    private final LogSampler sampler;

    FaultLog(LongSupplier nanos) {
        this.sampler = new LogSampler(LOG, 1, Duration.ofMinutes(1), nanos);
    }

    /** @param what what failed, of which sender; nothing of a request, for each text is remembered */
    void write(Level level, String what, Throwable fault) {
        LogSampler.Kind kind = new LogSampler.Kind(
                "fault=" + LogText.escape(fault.getClass().getSimpleName()) + " what=\"" + what + "\"", level);
        if (sampler.admits(kind)) {
            LOG.log(level, () -> what + ": " + fault, fault);
        }
        sampler.flushIfDue();
    }

    void flushIfDue() {
        sampler.flushIfDue();
    }

    void flush() {
        sampler.flush();
    }
}
