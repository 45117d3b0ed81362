package org.verifiedwebhook.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The cache of secrets: short, bounded, apart for what is unknown, and one look-up at a time. */
class CachingSecretProviderTest {

    private static final Duration TTL = Duration.ofSeconds(4);
    private static final SecretSet KNOWN = SecretSet.of(Secret.ofText("s", "0123456789abcdef"));

    private long nanos;
    private final AtomicInteger lookUps = new AtomicInteger();
    private boolean known = true;
    private boolean down;
    private long slowness;
    /** Whether each answer is an object of its own. */
    private boolean fresh;

    private final CachingSecretProvider cache = new CachingSecretProvider(this::lookUp, TTL, () -> nanos);

    private SecretSet lookUp(SecretRequest request) {
        lookUps.incrementAndGet();
        if (down) {
            throw new SecretUnavailableException("down");
        }
        SecretSet read =
                !known ? SecretSet.none() : fresh ? SecretSet.of(Secret.ofText("fresh", "0123456789abcdef")) : KNOWN;
        nanos += slowness;
        return read;
    }

    private static SecretRequest of(String tenant) {
        return new SecretRequest("zorio", Optional.of(tenant));
    }

    @Test
    void timeToLive_isShortEnoughForAnEmergency() {
        assertTrue(CachingSecretProvider.TIME_TO_LIVE.compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void answer_holdsForItsTimeAndNoLonger() {
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
        known = false;
        nanos = TTL.toNanos() - 1;
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
        nanos = TTL.toNanos();
        assertTrue(cache.secretsFor(of("acme")).isEmpty());
        assertEquals(2, lookUps.get());
    }

    @Test
    void answerOfASlowLookUp_holdsFromWhenItWasAsked() {
        slowness = TTL.toNanos() - 10;
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
        known = false;
        slowness = 0;
        nanos += 9;
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
        nanos += 1;
        assertTrue(cache.secretsFor(of("acme")).isEmpty(), "removed while the look-up was slow, and so long ago");
    }

    @Test
    void answerThatTookLongerThanItsTime_isNotRemembered() {
        slowness = TTL.toNanos() + 10;
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
        known = false;
        slowness = 0;
        assertTrue(cache.secretsFor(of("acme")).isEmpty());
        assertEquals(2, lookUps.get());
    }

    /** A removed secret leaves the memory though nobody asks for it again. */
    @Test
    void answerThatNobodyAsksForAnyMore_isForgotten() {
        WeakReference<SecretSet> forgotten = heldByTheCacheOnly();
        System.gc();
        assertNotNull(forgotten.get(), "the control: it is held while it holds");
        nanos = 2 * TTL.toNanos();
        known = false;
        cache.secretsFor(of("globex"));
        System.gc();
        assertNull(forgotten.get());
    }

    private WeakReference<SecretSet> heldByTheCacheOnly() {
        fresh = true;
        WeakReference<SecretSet> held = new WeakReference<>(cache.secretsFor(of("acme")));
        fresh = false;
        return held;
    }

    @Test
    void answerAskedAgain_holdsFromWhenItWasAskedAgain() {
        cache.secretsFor(of("acme"));
        nanos = TTL.toNanos();
        slowness = TTL.toNanos() / 2;
        cache.secretsFor(of("acme"));
        slowness = 0;
        nanos = 2 * TTL.toNanos() - 1;
        cache.secretsFor(of("acme"));
        assertEquals(2, lookUps.get());
        nanos += 1;
        cache.secretsFor(of("acme"));
        assertEquals(3, lookUps.get());
    }

    @Test
    void unknown_isRememberedForItsTimeAndNoLonger() {
        known = false;
        assertTrue(cache.secretsFor(of("acme")).isEmpty());
        known = true;
        assertTrue(cache.secretsFor(of("acme")).isEmpty());
        assertEquals(1, lookUps.get());
        nanos = TTL.toNanos();
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
    }

    @Test
    void otherTenantSenderOrKey_isAnotherAnswer() {
        cache.secretsFor(of("acme"));
        cache.secretsFor(of("globex"));
        cache.secretsFor(new SecretRequest("edgvoip", Optional.of("acme")));
        cache.secretsFor(new SecretRequest("zorio", Optional.empty()));
        cache.secretsFor(new SecretRequest("zorio", Optional.of("acme"), Optional.of("key")));
        assertEquals(5, lookUps.get());
    }

    @Test
    void failure_isNotRemembered() {
        down = true;
        assertThrows(SecretUnavailableException.class, () -> cache.secretsFor(of("acme")));
        down = false;
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
    }

    @Test
    void failureAfterTheTime_isNotHiddenByTheOldAnswer() {
        cache.secretsFor(of("acme"));
        nanos = TTL.toNanos();
        down = true;
        assertThrows(SecretUnavailableException.class, () -> cache.secretsFor(of("acme")));
    }

    @Test
    void floodOfUnknownTenants_pushesOutNoKnownOne() {
        cache.secretsFor(of("acme"));
        known = false;
        for (int i = 0; i < 30_000; i++) {
            cache.secretsFor(of("invented-" + i));
        }
        int before = lookUps.get();
        assertFalse(cache.secretsFor(of("acme")).isEmpty());
        assertEquals(before, lookUps.get());
        int again = 0;
        for (int i = 0; i < 30_000; i++) {
            int asked = lookUps.get();
            cache.secretsFor(of("invented-" + i));
            again += lookUps.get() - asked;
        }
        assertTrue(again >= 20_000, "at most 10,000 unknown tenants may be remembered, asked again " + again);
    }

    @Test
    void burstForAKnownTenant_asksOnce() throws InterruptedException {
        assertEquals(1, burst(KNOWN));
    }

    @Test
    void burstForAnUnknownTenant_asksOnce() throws InterruptedException {
        assertEquals(1, burst(SecretSet.none()));
    }

    private static int burst(SecretSet answer) throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        CachingSecretProvider slow = new CachingSecretProvider(
                r -> {
                    asked.incrementAndGet();
                    pause();
                    return answer;
                },
                Duration.ofMinutes(1));
        ExecutorService threads = Executors.newFixedThreadPool(32);
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 32; i++) {
            threads.execute(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                slow.secretsFor(of("acme"));
            });
        }
        go.countDown();
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        return asked.get();
    }

    /** A provider that hangs holds the thread that asked it, and for no longer than this those who ask the same. */
    @Test
    void lookUpThatHangs_holdsNobodyElseForLong() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        CachingSecretProvider slow = new CachingSecretProvider(
                r -> {
                    if (r.tenant().orElseThrow().equals("slow")) {
                        asked.countDown();
                        awaited(hangs);
                    }
                    return KNOWN;
                },
                TTL,
                Duration.ofMillis(100),
                () -> 0);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        thread.execute(() -> slow.secretsFor(of("slow")));
        awaited(asked);
        assertThrows(SecretUnavailableException.class, () -> slow.secretsFor(of("slow")));
        for (int i = 0; i < 1000; i++) {
            assertFalse(slow.secretsFor(of("quick-" + i)).isEmpty());
        }
        hangs.countDown();
        thread.shutdown();
        assertTrue(thread.awaitTermination(30, TimeUnit.SECONDS));
        assertFalse(slow.secretsFor(of("slow")).isEmpty());
    }

    @Test
    void answerToThoseWhoWaited_holdsFromWhenItWasAsked() throws Exception {
        assertFalse(waitedFor(TTL.toNanos() - 2, TTL.toNanos() - 1).isEmpty(), "the control");
        Exception old = assertThrows(ExecutionException.class, () -> waitedFor(TTL.toNanos() - 1, TTL.toNanos()));
        assertInstanceOf(SecretUnavailableException.class, old.getCause());
    }

    /** What another gets who came after {@code came} while a look-up was under way that took {@code took} nanoseconds. */
    private static SecretSet waitedFor(long came, long took) throws Exception {
        AtomicLong now = new AtomicLong();
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger lookUps = new AtomicInteger();
        CachingSecretProvider cache = new CachingSecretProvider(
                r -> {
                    lookUps.incrementAndGet();
                    asked.countDown();
                    awaited(slow);
                    return KNOWN;
                },
                TTL,
                Duration.ofSeconds(30),
                now::get);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<SecretSet> first = threads.submit(() -> cache.secretsFor(of("acme")));
            awaited(asked);
            now.set(came);
            AtomicReference<Thread> waits = new AtomicReference<>();
            Future<SecretSet> second = threads.submit(() -> {
                waits.set(Thread.currentThread());
                return cache.secretsFor(of("acme"));
            });
            while (waits.get() == null || waits.get().getState() != Thread.State.TIMED_WAITING) {
                assertFalse(second.isDone(), "it should wait");
                pause();
            }
            now.set(TTL.toNanos());
            assertThrows(
                    SecretUnavailableException.class, () -> cache.secretsFor(of("acme")), "comes too late to wait");
            now.set(took);
            slow.countDown();
            assertFalse(first.get(30, TimeUnit.SECONDS).isEmpty(), "the one who asked has it");
            SecretSet got = second.get(30, TimeUnit.SECONDS);
            assertEquals(1, lookUps.get());
            return got;
        } finally {
            slow.countDown();
            threads.shutdown();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void providerThatSaysNull_isNoUnknownTenant() {
        CachingSecretProvider broken = new CachingSecretProvider(r -> null, TTL);
        assertThrows(NullPointerException.class, () -> broken.secretsFor(of("acme")));
        assertThrows(NullPointerException.class, () -> broken.secretsFor(of("acme")));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
