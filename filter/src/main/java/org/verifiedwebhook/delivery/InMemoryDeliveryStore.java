package org.verifiedwebhook.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers deliveries in this JVM's memory. Forgets everything at a restart and knows nothing of other nodes: a copy
 * may then be handled again.
 *
 * <p>Bounded: when it is full it refuses new deliveries, which the senders send again later, and never forgets one that
 * it promised to remember.
 */
public final class InMemoryDeliveryStore implements DeliveryStore {

    /** Deliveries remembered at most, unless said otherwise. */
    public static final int DEFAULT_BOUND = 200_000;

    private final int bound;
    private final Ticker ticker;
    private final Cache<String, Entry> entries;
    private long lastNumber;

    /** A store of {@link #DEFAULT_BOUND}. */
    public InMemoryDeliveryStore() {
        this(DEFAULT_BOUND);
    }

    /** A store of at most {@code bound} deliveries. */
    public InMemoryDeliveryStore(int bound) {
        this(bound, Ticker.systemTicker());
    }

    InMemoryDeliveryStore(int bound, Ticker ticker) {
        this.bound = bound;
        this.ticker = ticker;
        this.entries = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, Entry>writing((key, entry) -> Duration.ofNanos(entry.nanosToKeep)))
                .build();
    }

    /** A delivery; the same entry stands under its fingerprint and, if it has one, its id. */
    private static final class Entry {
        final ClaimToken token;
        final long leaseEnd;
        final long retentionNanos;
        long nanosToKeep;
        Answer answer;

        Entry(ClaimToken token, long leaseEnd, long retentionNanos, long nanosToKeep) {
            this.token = token;
            this.leaseEnd = leaseEnd;
            this.retentionNanos = retentionNanos;
            this.nanosToKeep = nanosToKeep;
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
                    + " deliveries: shorten retention, or use a store in a database");
        }
        ClaimToken token = new ClaimToken(keys, ++lastNumber);
        Entry entry = new Entry(token, now + lease.toNanos(), retention.toNanos(), lease.toNanos());
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
        List<Entry> held = held(token);
        if (held.isEmpty()) {
            return false;
        }
        Entry entry = held.get(0);
        entry.answer = answer;
        entry.nanosToKeep = entry.retentionNanos;
        names(token.keys()).forEach(name -> entries.put(name, entry));
        return true;
    }

    @Override
    public synchronized void release(ClaimToken token) {
        if (!held(token).isEmpty()) {
            names(token.keys()).forEach(entries::invalidate);
        }
    }

    /** The entry if {@code token} still holds it, open. */
    private List<Entry> held(ClaimToken token) {
        return names(token.keys()).stream()
                .map(entries::getIfPresent)
                .filter(e -> e != null && e.token.number() == token.number() && e.answer == null)
                .toList();
    }
}
