package org.verifiedwebhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.verifiedwebhook.sender.Rate;

/** The rate limits of a gate, in this JVM's memory. Thread-safe. */
final class RateLimits {

    /**
     * Tenants or addresses counted at a time for each limit. Of more, the least used are forgotten, which lets more through
     * and never less.
     */
    static final int MAX_BUCKETS = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Limit> limits = new ConcurrentHashMap<>();

    /** @param nanos a time that never goes back, as {@link System#nanoTime} */
    RateLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The limit of that name; one and the same for the same name and rate. */
    Limit limit(String name, Rate rate) {
        return limits.computeIfAbsent(name + " " + rate, n -> new Limit(rate, nanos));
    }

    /** A bucket of tokens for each who is counted. */
    static final class Limit {
        private final Rate rate;
        private final TimeMeter time;
        private final Cache<String, Bucket> buckets;

        private Limit(Rate rate, LongSupplier nanos) {
            this.rate = rate;
            this.time = new Nanos(nanos);
            this.buckets = Caffeine.newBuilder()
                    .maximumSize(MAX_BUCKETS)
                    // A bucket that nobody used for so long is full, as a new one is.
                    .expireAfterAccess(rate.period())
                    .ticker(nanos::getAsLong)
                    .executor(Runnable::run)
                    .build();
        }

        /** Takes a token; if there is none, the seconds until there is one, at least 1. */
        OptionalLong take(String who) {
            ConsumptionProbe probe = buckets.get(who, w -> full()).tryConsumeAndReturnRemaining(1);
            if (probe.isConsumed()) {
                return OptionalLong.empty();
            }
            long wait = probe.getNanosToWaitForRefill();
            return OptionalLong.of(Math.max(1, (wait + 999_999_999L) / TimeUnit.SECONDS.toNanos(1)));
        }

        /** Whether there is no token now; takes none. */
        boolean isUsedUp(String who) {
            Bucket bucket = buckets.getIfPresent(who);
            return bucket != null && bucket.getAvailableTokens() < 1;
        }

        /** Gives a token back. */
        void giveBack(String who) {
            Bucket bucket = buckets.getIfPresent(who);
            if (bucket != null) {
                bucket.addTokens(1);
            }
        }

        /** How many are counted at the moment. */
        long size() {
            buckets.cleanUp();
            return buckets.estimatedSize();
        }

        private Bucket full() {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.period()))
                    .withCustomTimePrecision(time)
                    .build();
        }
    }

    private record Nanos(LongSupplier nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
