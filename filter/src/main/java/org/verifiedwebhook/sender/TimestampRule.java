package org.verifiedwebhook.sender;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a sender puts the time of signing, how it is written, and how far it may be from now.
 *
 * @param from where it stands
 * @param unit how it is written
 * @param tolerance the freshness tolerance, the same into the past and the future, bounds included; absent if the time
 *     is signed but not judged
 */
public record TimestampRule(Extractor from, Unit unit, Optional<Duration> tolerance) {

    /** How a time is written. */
    public enum Unit {
        /** Seconds since 1970, decimal digits only. */
        SECONDS("s"),
        /** Milliseconds since 1970, decimal digits only. */
        MILLISECONDS("ms"),
        /** ISO 8601 with seconds, any fraction and an offset or {@code Z} (RFC 3339). */
        ISO8601("iso8601"),
        /** The preferred HTTP-date (RFC 9110 section 5.6.7). */
        HTTP_DATE("http-date");

        private final String key;

        Unit(String key) {
            this.key = key;
        }

        /** The name in sender files. */
        public String key() {
            return key;
        }
    }

    public TimestampRule {
        tolerance.ifPresent(t -> {
            if (t.isNegative() || t.isZero()) {
                throw new IllegalArgumentException("tolerance must be positive");
            }
        });
    }

    /** The same rule with another tolerance. */
    public TimestampRule withTolerance(Duration other) {
        return new TimestampRule(from, unit, Optional.of(other));
    }
}
