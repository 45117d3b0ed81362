package org.verifiedwebhook.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembers deliveries in this JVM's memory. Forgets everything at a restart and knows nothing of other nodes: a copy
 * may then be handled again.
 *
 * <p>Bounded: when it is full it refuses new deliveries, which the senders send again later, and never forgets one that
 * it promised to remember.
 */
public final class InMemoryDeliveryStore implements DeliveryStore {

    /** Keys remembered at most, unless said otherwise: one for a delivery, two if its id is signed. */
    public static final int DEFAULT_BOUND = 200_000;

    private final int bound;
    private final Ticker ticker;
    private final Cache<String, Entry> entries;
    private long lastNumber;

    /** A store of {@link #DEFAULT_BOUND}. */
    public InMemoryDeliveryStore() {
        this(DEFAULT_BOUND);
    }

    /** A store of at most {@code bound} keys: one for a delivery, two if its id is signed. */
    public InMemoryDeliveryStore(int bound) {
        this(bound, Ticker.systemTicker());
    }

    InMemoryDeliveryStore(int bound, Ticker ticker) {
        this.bound = bound;
        this.ticker = ticker;
        this.entries = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, Entry>writing((key, entry) -> Duration.ofNanos(entry.retentionNanos)))
                .build();
    }

    /** A delivery; the same entry stands under its fingerprint and, if it has one, its id. */
    private static final class Entry {
        final ClaimToken token;
        final long leaseEnd;
        final long retentionNanos;
        Answer answer;

        Entry(ClaimToken token, long leaseEnd, long retentionNanos) {
            this.token = token;
            this.leaseEnd = leaseEnd;
            this.retentionNanos = retentionNanos;
        }
    }

    private static List<String> names(DeliveryKeys keys) {
        String scope = length(keys.sender()) + length(keys.tenant());
        List<String> names = new ArrayList<>(2);
        names.add("f" + scope + keys.fingerprint());
        keys.id().ifPresent(id -> names.add("i" + scope + id));
        return names;
    }

    /** With its length before it, so that no two pairs of texts join to the same name. */
    private static String length(String text) {
        return text.length() + ":" + text;
    }

    @Override
    public synchronized Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
        long now = ticker.read();
        for (String name : names(keys)) {
            Entry entry = entries.getIfPresent(name);
            if (entry != null && entry.answer != null) {
                return new Claim.Completed(entry.answer);
            }
            if (entry != null && entry.leaseEnd - now > 0) {
                return new Claim.InFlight(Duration.ofNanos(entry.leaseEnd - now));
            }
        }
        if (full()) {
            throw new DeliveryStoreUnavailableException("the in-memory delivery store holds " + bound
                    + " keys: shorten retention, or use a store in a database");
        }
        ClaimToken token = new ClaimToken(keys, ++lastNumber);
        // Kept beyond the lease, so that a late outcome is still recorded if nobody else has claimed meanwhile.
        Entry entry = new Entry(token, now + lease.toNanos(), retention.toNanos());
        names(keys).forEach(name -> entries.put(name, entry));
        return new Claim.Granted(token);
    }

    private boolean full() {
        if (entries.estimatedSize() < bound) {
            return false;
        }
        entries.cleanUp();
        return entries.estimatedSize() >= bound;
    }

    @Override
    public synchronized boolean complete(ClaimToken token, Answer answer) {
        Optional<Entry> held = held(token);
        if (held.isEmpty()) {
            return false;
        }
        Entry entry = held.get();
        entry.answer = answer;
        names(token.keys()).forEach(name -> entries.put(name, entry));
        return true;
    }

    @Override
    public synchronized void release(ClaimToken token) {
        if (held(token).isPresent()) {
            names(token.keys()).forEach(entries::invalidate);
        }
    }

    /** The entry if {@code token} still holds it, open, under every key: a successor may have taken one of two. */
    private Optional<Entry> held(ClaimToken token) {
        Entry held = null;
        for (String name : names(token.keys())) {
            held = entries.getIfPresent(name);
            if (held == null || held.token.number() != token.number() || held.answer != null) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(held);
    }
}
