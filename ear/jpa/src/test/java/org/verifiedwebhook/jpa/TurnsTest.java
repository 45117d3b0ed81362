package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

class TurnsTest {

    private static final Lane LANE = new Lane("acme", "tenant");
    private static final Lane FIRST = new Lane("acme", "first");
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
    void turnGivenBack_goesToWhoWaitsAndMayHaveIt() throws Exception {
        Turns turns = new Turns(2, 1, Duration.ofSeconds(30));
        turns.take(LANE);
        turns.take(FIRST);
        CompletableFuture<Void> spent = waiting(turns, LANE);
        CompletableFuture<Void> waits = waiting(turns, OTHER);
        turns.giveBack(FIRST, true);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> waits.join());
        assertFalse(spent.isDone());
        turns.giveBack(LANE, true);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> spent.join());
    }

    /** One that waits by now. */
    private static CompletableFuture<Void> waiting(Turns turns, Lane lane) throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
            thread.set(Thread.currentThread());
            turns.take(lane);
        });
        while (thread.get() == null || thread.get().getState() != Thread.State.TIMED_WAITING) {
            assertFalse(waits.isDone());
            Thread.sleep(1);
        }
        return waits;
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
