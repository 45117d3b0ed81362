package org.verifiedwebhook.sender;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of a sender's deliveries.
 *
 * @param maxBody the longest body in bytes
 * @param answerWithin how long the sender waits for an answer, if its document says so; a longer answer is counted and
 *     logged, not cut off
 * @param retention how long a delivery is remembered, so that a copy is known as one; 24 hours at least
 * @param rate how many deliveries of one tenant are handled in how much time; absent if as many as come
 */
public record Limits(int maxBody, Optional<Duration> answerWithin, Duration retention, Optional<Rate> rate) {

    /** A mebibyte, no deadline, 24 hours, no rate. */
    public static final Limits DEFAULT = new Limits(1 << 20, Optional.empty(), Duration.ofHours(24), Optional.empty());

    public Limits {
        if (maxBody < 1) {
            throw new IllegalArgumentException("max-body must be at least 1 byte");
        }
        if (retention.compareTo(Duration.ofHours(24)) < 0) {
            throw new IllegalArgumentException("retention must be at least 24 hours, or a late retry runs twice");
        }
    }
}
