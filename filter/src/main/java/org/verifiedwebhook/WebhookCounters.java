package org.verifiedwebhook;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.verifiedwebhook.sender.Reason;

/**
 * How many requests became what, by sender, since the gate was built. Exact, whatever the log leaves out. Thread-safe.
 */
public final class WebhookCounters {

    private final Map<String, Counts> senders = new ConcurrentHashMap<>();
    private volatile LongSupplier bodiesHeld = () -> 0;

    WebhookCounters() {}

    private static final class Counts {
        private final LongAdder[] kinds = adders(WebhookOutcome.Kind.values().length);
        private final LongAdder[] reasons = adders(Reason.values().length);

        private static LongAdder[] adders(int length) {
            LongAdder[] adders = new LongAdder[length];
            java.util.Arrays.setAll(adders, i -> new LongAdder());
            return adders;
        }
    }

    /** Has a sender counted from now on, with noughts. */
    void know(String sender) {
        counts(sender);
    }

    private Counts counts(String sender) {
        return senders.computeIfAbsent(sender, s -> new Counts());
    }

    void count(WebhookOutcome outcome) {
        Counts counts = counts(outcome.sender());
        counts.kinds[outcome.kind().ordinal()].increment();
        outcome.reason().ifPresent(reason -> counts.reasons[reason.ordinal()].increment());
    }

    /** The senders in use. */
    public Set<String> senders() {
        return new TreeSet<>(senders.keySet());
    }

    /** The requests of {@code sender} that became this; 0 for a sender not in use. */
    public long count(String sender, WebhookOutcome.Kind kind) {
        Counts counts = senders.get(sender);
        return counts == null ? 0 : counts.kinds[kind.ordinal()].sum();
    }

    /** The requests of {@code sender} that were rejected for {@code reason}; 0 for a sender not in use. */
    public long count(String sender, Reason reason) {
        Counts counts = senders.get(sender);
        return counts == null ? 0 : counts.reasons[reason.ordinal()].sum();
    }

    /** The bytes of bodies in memory at the moment, as far as the doorways say; 0 if they do not. */
    public long bodiesHeld() {
        return bodiesHeld.getAsLong();
    }

    /** For a doorway: what tells the bytes of bodies in memory, across all doorways of this gate. */
    public void bodiesHeld(LongSupplier bytes) {
        this.bodiesHeld = java.util.Objects.requireNonNull(bytes);
    }
}
