package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

class TurnsTest {

    private static final Lane LANE = new Lane("acme", "tenant");
    private static final Lane OTHER = new Lane("acme", "other");

    @Test
    void noneFree_isWaitedForAndThenRefused() {
        Turns turns = new Turns(1, 1, Duration.ofMillis(200));
        turns.take(LANE);
        long start = System.nanoTime();
        assertThrows(DeliveryStoreUnavailableException.class, () -> turns.take(LANE));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(200).toNanos());
    }

    @Test
    void turnGivenBack_goesToWhoWaits() {
        Turns turns = new Turns(1, 1, Duration.ofSeconds(30));
        turns.take(LANE);
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> turns.take(LANE));
        turns.giveBack(LANE, true);
        assertDoesNotThrow(waits::join);
    }

    @Test
    void whileTurnsFail_nobodyWaits() {
        Turns turns = new Turns(1, 1, Duration.ofSeconds(30));
        turns.take(LANE);
        turns.giveBack(LANE, false);
        turns.take(LANE);
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThrows(DeliveryStoreUnavailableException.class, () -> turns.take(LANE)));
        turns.giveBack(LANE, true);
        assertDoesNotThrow(() -> turns.take(LANE));
    }

    @Test
    void laneThatHasItsShare_leavesTheRestToOthers() {
        Turns turns = new Turns(4, 3, Duration.ofMillis(50));
        for (int i = 0; i < 3; i++) {
            turns.take(LANE);
        }
        assertThrows(DeliveryStoreUnavailableException.class, () -> turns.take(LANE));
        turns.take(OTHER);
        assertThrows(DeliveryStoreUnavailableException.class, () -> turns.take(OTHER), "all are taken");
        turns.giveBack(LANE, true);
        assertDoesNotThrow(() -> turns.take(LANE));
    }
}
