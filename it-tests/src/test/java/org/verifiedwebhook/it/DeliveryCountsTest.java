package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The counters must be able to tell: a checker that finds nothing proves nothing. */
class DeliveryCountsTest {

    @Test
    void everythingAcknowledgedWithOneEffect_isEveryEventOnce() {
        DeliveryCounts counts = DeliveryCounts.of(Set.of("a", "b"), Set.of("a", "b"), Map.of("a", 1, "b", 1));
        assertTrue(counts.everyEventOnce(), counts.toString());
    }

    @Test
    void eachFaultHasItsCounter() {
        DeliveryCounts counts = DeliveryCounts.of(
                Set.of("lost", "twice", "unknown-to-sender", "never"),
                Set.of("lost", "twice"),
                Map.of("twice", 3, "unknown-to-sender", 1, "out of thin air", 1));
        assertEquals(new DeliveryCounts(4, 2, 1, 1, 2, 1), counts);
        assertFalse(counts.everyEventOnce());
    }

    @Test
    void oneUnacknowledged_isNotEveryEventOnce() {
        assertFalse(DeliveryCounts.of(Set.of("a", "b"), Set.of("a"), Map.of("a", 1, "b", 1))
                .everyEventOnce());
    }

    @Test
    void oneHandledThatItsSenderGaveUp_isHandledOnceAllTheSame() {
        Set<String> sent = Set.of("a", "b");
        assertTrue(DeliveryCounts.of(sent, Set.of("a"), Map.of("a", 1, "b", 1)).everyEventHandledOnce());
        assertFalse(DeliveryCounts.of(sent, Set.of("a"), Map.of("a", 1)).everyEventHandledOnce());
        assertFalse(DeliveryCounts.of(sent, Set.of("a"), Map.of("a", 1, "b", 2)).everyEventHandledOnce());
    }
}
