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

    @Test
    void noneFree_isWaitedForAndThenRefused() {
        Turns turns = new Turns(1, Duration.ofMillis(200));
        turns.take();
        long start = System.nanoTime();
        assertThrows(DeliveryStoreUnavailableException.class, turns::take);
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(200).toNanos());
    }

    @Test
    void turnGivenBack_goesToWhoWaits() {
        Turns turns = new Turns(1, Duration.ofSeconds(30));
        turns.take();
        CompletableFuture<Void> waits = CompletableFuture.runAsync(turns::take);
        turns.giveBack(true);
        assertDoesNotThrow(waits::join);
    }

    @Test
    void whileTurnsFail_nobodyWaits() {
        Turns turns = new Turns(1, Duration.ofSeconds(30));
        turns.take();
        turns.giveBack(false);
        turns.take();
        assertTimeout(Duration.ofSeconds(10), () -> assertThrows(DeliveryStoreUnavailableException.class, turns::take));
        turns.giveBack(true);
        assertDoesNotThrow(turns::take);
    }
}
