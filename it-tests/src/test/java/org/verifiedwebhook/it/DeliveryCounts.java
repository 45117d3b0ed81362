package org.verifiedwebhook.it;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What became of events, in the six counters of Jepsen's queue checker.
 *
 * @param attempted sent at least once
 * @param acknowledged answered 2xx
 * @param lost acknowledged, and without an effect
 * @param unexpected effects of what nobody sent
 * @param duplicated effects beyond the first of an event
 * @param recovered events with an effect that were never acknowledged: the sender does not know, and nothing is wrong
 */
record DeliveryCounts(int attempted, int acknowledged, int lost, int unexpected, int duplicated, int recovered) {

    /** @param effects how often each event took effect */
    static DeliveryCounts of(Set<String> attempted, Set<String> acknowledged, Map<String, Integer> effects) {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(effects.keySet());
        Set<String> unexpected = new HashSet<>(effects.keySet());
        unexpected.removeAll(attempted);
        Set<String> recovered = new HashSet<>(effects.keySet());
        recovered.retainAll(attempted);
        recovered.removeAll(acknowledged);
        int duplicated = effects.values().stream().mapToInt(n -> n - 1).sum();
        return new DeliveryCounts(
                attempted.size(), acknowledged.size(), lost.size(), unexpected.size(), duplicated, recovered.size());
    }

    /** Whether everything was acknowledged in the end, and each event took effect once. */
    boolean everyEventOnce() {
        return acknowledged == attempted && everyEventHandledOnce();
    }

    /** Whether each event took effect once, whether its sender knows or not. */
    boolean everyEventHandledOnce() {
        return acknowledged + recovered == attempted && lost == 0 && unexpected == 0 && duplicated == 0;
    }
}
