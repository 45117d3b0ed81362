package org.verifiedwebhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The store in memory: two keys, leases with fencing, retention, and a bound that forgets nothing. */
class InMemoryDeliveryStoreTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final Answer OK = Answer.text(200, "text/plain", "ok");

    private long nanos = 1_000_000;
    private final InMemoryDeliveryStore store = new InMemoryDeliveryStore(100, () -> nanos);

    private static DeliveryKeys keys(String fingerprint, String id) {
        return new DeliveryKeys("zorio", "acme", fingerprint, Optional.ofNullable(id));
    }

    private Claim claim(DeliveryKeys keys) {
        return store.claim(keys, LEASE, RETENTION);
    }

    private ClaimToken granted(DeliveryKeys keys) {
        return assertInstanceOf(Claim.Granted.class, claim(keys)).token();
    }

    private void after(Duration duration) {
        nanos += duration.toNanos();
    }

    @Test
    void eitherKeyKnown_isACopy() {
        assertTrue(store.complete(granted(keys("f1", "i1")), OK));
        assertInstanceOf(Claim.Completed.class, claim(keys("f1", "i1")));
        assertInstanceOf(Claim.Completed.class, claim(keys("f1", "i2")));
        assertInstanceOf(Claim.Completed.class, claim(keys("f2", "i1")));
        assertInstanceOf(Claim.Completed.class, claim(keys("f1", null)));
        assertInstanceOf(Claim.Granted.class, claim(keys("f2", "i2")));
    }

    @Test
    void fingerprintAndIdOfTheSameText_areTwoKeys() {
        granted(keys("x", null));
        granted(keys("y", "x"));
    }

    @Test
    void otherSenderOrTenant_isAnotherDelivery() {
        granted(new DeliveryKeys("ab", "c", "f", Optional.empty()));
        granted(new DeliveryKeys("a", "bc", "f", Optional.empty()));
        granted(new DeliveryKeys("ab", "cf", "", Optional.empty()));
        granted(new DeliveryKeys("ab", "", "cf", Optional.empty()));
        granted(new DeliveryKeys("1:ab", "", "cf", Optional.empty()));
    }

    @Test
    void openClaim_isInFlightUnderEitherKey() {
        granted(keys("f1", "i1"));
        after(Duration.ofSeconds(30));
        Claim.InFlight inFlight = assertInstanceOf(Claim.InFlight.class, claim(keys("f1", "i9")));
        assertEquals(LEASE.minusSeconds(30), inFlight.retryAfter());
        assertInstanceOf(Claim.InFlight.class, claim(keys("f9", "i1")));
    }

    @Test
    void storedAnswer_isHandedOut() {
        store.complete(granted(keys("f1", "i1")), OK);
        assertEquals(
                OK,
                assertInstanceOf(Claim.Completed.class, claim(keys("f1", null))).answer());
    }

    @Test
    void releasedClaim_isGrantedAgainUnderBothKeys() {
        store.release(granted(keys("f1", "i1")));
        granted(keys("f2", "i1"));
        granted(keys("f1", "i3"));
    }

    @Test
    void completedDelivery_cannotBeReleased() {
        ClaimToken token = granted(keys("f1", "i1"));
        store.complete(token, OK);
        store.release(token);
        assertInstanceOf(Claim.Completed.class, claim(keys("f1", "i1")));
        assertFalse(store.complete(token, OK));
    }

    @Test
    void claimThatOutlivedItsLease_isGrantedAgainAndFencedOff() {
        ClaimToken old = granted(keys("f1", "i1"));
        after(LEASE);
        ClaimToken young = granted(keys("f1", "i1"));
        assertTrue(young.number() > old.number());
        assertFalse(store.complete(old, OK));
        store.release(old);
        assertInstanceOf(Claim.InFlight.class, claim(keys("f1", "i1")));
        assertTrue(store.complete(young, OK));
    }

    @Test
    void successorUnderOneKeyOnly_isNotOverwritten() {
        ClaimToken old = granted(keys("f1", "i1"));
        after(LEASE);
        ClaimToken young = granted(keys("f2", "i1"));
        assertFalse(store.complete(old, Answer.text(200, "text/plain", "old")));
        assertTrue(store.complete(young, OK));
        assertEquals(
                OK,
                assertInstanceOf(Claim.Completed.class, claim(keys("f9", "i1"))).answer());
    }

    @Test
    void completedDelivery_isRememberedForItsRetention() {
        ClaimToken token = granted(keys("f1", "i1"));
        after(Duration.ofMinutes(1));
        store.complete(token, OK);
        after(RETENTION.minusNanos(1));
        assertInstanceOf(Claim.Completed.class, claim(keys("f1", null)));
        assertInstanceOf(Claim.Completed.class, claim(keys("f2", "i1")));
        after(Duration.ofNanos(1));
        granted(keys("f1", "i1"));
    }

    /** The SPI says: false only if another claim was granted meanwhile. */
    @Test
    void completionAfterTheLeaseWithoutSuccessor_isRecorded() {
        ClaimToken token = granted(keys("f1", "i1"));
        after(LEASE.plusSeconds(1));
        assertTrue(store.complete(token, OK));
        assertInstanceOf(Claim.Completed.class, claim(keys("f1", "i1")));
    }

    @Test
    void fullStore_refusesAndForgetsNothing() {
        for (int i = 0; i < 100; i++) {
            store.complete(granted(keys("f" + i, null)), OK);
        }
        assertThrows(DeliveryStoreUnavailableException.class, () -> claim(keys("new", null)));
        for (int i = 0; i < 100; i++) {
            assertInstanceOf(Claim.Completed.class, claim(keys("f" + i, null)));
        }
        after(RETENTION);
        granted(keys("new", null));
    }

    @Test
    void deliveryWithASignedId_countsTwice() {
        for (int i = 0; i < 50; i++) {
            store.complete(granted(keys("f" + i, "i" + i)), OK);
        }
        assertThrows(DeliveryStoreUnavailableException.class, () -> claim(keys("new", "new")));
    }

    @Test
    void claimsOfAThousandThreads_areGrantedOnce() throws InterruptedException {
        InMemoryDeliveryStore real = new InMemoryDeliveryStore();
        ExecutorService threads = Executors.newFixedThreadPool(1000);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger inFlight = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            DeliveryKeys keys = keys("f" + i % 2, "i");
            threads.execute(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                Claim claim = real.claim(keys, LEASE, RETENTION);
                (claim instanceof Claim.Granted ? granted : inFlight).incrementAndGet();
            });
        }
        go.countDown();
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(1, granted.get());
        assertEquals(999, inFlight.get());
    }
}
