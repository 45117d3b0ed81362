package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.jpa.GroupCommit.Written;

@Timeout(60)
class GroupCommitTest {

    private static final Duration TAKE_OVER = Duration.ofSeconds(60);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private List<Written<String>> echo(List<Integer> group) {
        groups.add(group);
        return group.stream().map(i -> Written.of("w" + i)).toList();
    }

    private GroupCommit<Integer, String> slow(int bound, Duration patience, CountDownLatch goOn) {
        return new GroupCommit<>(
                group -> {
                    if (group.contains(0)) {
                        await(goOn);
                    }
                    return echo(group);
                },
                bound,
                patience,
                TAKE_OVER);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneCaller_isWrittenAtOnce() {
        assertEquals("w7", new GroupCommit<>(this::echo, 10, Duration.ofSeconds(5), TAKE_OVER).write(7));
    }

    @Test
    void thoseWhoComeMeanwhile_shareTheNextWrite() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit<Integer, String> commits = slow(1000, Duration.ofSeconds(30), goOn);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int number = i;
            answers.add(callers.submit(() -> commits.write(number)));
            if (i == 0) {
                Thread.sleep(100);
            }
        }
        Thread.sleep(300);
        goOn.countDown();
        for (int i = 0; i < 300; i++) {
            assertEquals("w" + i, answers.get(i).get(30, TimeUnit.SECONDS));
        }
        assertEquals(List.of(0), groups.get(0));
        assertTrue(groups.size() <= 6, groups.size() + " writes for 300 callers");
        assertTrue(groups.stream().allMatch(g -> g.size() <= GroupCommit.MAX_GROUP));
        assertEquals(300, groups.stream().mapToInt(List::size).sum());
    }

    @Test
    void failureOfTheWrite_isEverybodysAndTheNextWriteGoesOn() {
        boolean[] fails = {true};
        GroupCommit<Integer, String> commits = new GroupCommit<>(
                group -> {
                    if (fails[0]) {
                        throw new IllegalStateException("down");
                    }
                    return echo(group);
                },
                10,
                Duration.ofSeconds(5),
                TAKE_OVER);
        assertThrows(IllegalStateException.class, () -> commits.write(1));
        fails[0] = false;
        assertEquals("w2", commits.write(2));
    }

    @Test
    void errorInTheWrite_isAnsweredAndTheNextWriteGoesOn() {
        boolean[] fails = {true};
        GroupCommit<Integer, String> commits = new GroupCommit<>(
                group -> {
                    if (fails[0]) {
                        throw new OutOfMemoryError("on purpose");
                    }
                    return echo(group);
                },
                10,
                Duration.ofSeconds(5),
                TAKE_OVER);
        assertThrows(OutOfMemoryError.class, () -> commits.write(1));
        fails[0] = false;
        assertEquals("w2", commits.write(2));
    }

    @Test
    void writeThatNeverReturns_isLeftAloneAfterAWhile() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit<Integer, String> commits = new GroupCommit<>(
                group -> {
                    if (group.contains(0)) {
                        await(goOn);
                    }
                    return echo(group);
                },
                1000,
                Duration.ofMillis(200),
                Duration.ofMillis(500));
        Future<String> stalled = callers.submit(() -> commits.write(0));
        Thread.sleep(100);
        assertThrows(DeliveryStoreUnavailableException.class, () -> commits.write(1));
        Thread.sleep(500);
        for (int i = 2; i < 10; i++) {
            assertEquals("w" + i, commits.write(i));
        }
        goOn.countDown();
        assertEquals("w0", stalled.get(30, TimeUnit.SECONDS));
        assertEquals("w10", commits.write(10));
    }

    /** A caller that is told to lead and interrupted at the same moment must not take the right to write with it. */
    @Test
    void callerInterruptedAsItIsToLead_leavesNobodyWaiting() throws Exception {
        AtomicReference<Thread> interrupted = new AtomicReference<>();
        CountDownLatch[] waiting = new CountDownLatch[1];
        GroupCommit<Integer, String> commits = new GroupCommit<>(
                group -> {
                    if (group.contains(0)) {
                        await(waiting[0]);
                        pause();
                        interrupted.get().interrupt();
                    }
                    return echo(group);
                },
                1000,
                Duration.ofSeconds(5),
                TAKE_OVER);
        for (int round = 0; round < 100; round++) {
            waiting[0] = new CountDownLatch(1);
            Future<String> first = callers.submit(() -> commits.write(0));
            pause();
            Future<String> second = callers.submit(() -> {
                interrupted.set(Thread.currentThread());
                waiting[0].countDown();
                return commits.write(1);
            });
            assertEquals("w0", first.get(30, TimeUnit.SECONDS));
            try {
                assertEquals("w1", second.get(30, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                assertInstanceOf(DeliveryStoreUnavailableException.class, e.getCause());
            }
            assertEquals("w2", commits.write(2));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void writeThatFailsAfterItWasLeftAlone_isNobodysButItsOwn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit<Integer, String> commits = new GroupCommit<>(
                group -> {
                    if (group.contains(0)) {
                        await(goOn);
                        throw new IllegalStateException("on purpose");
                    }
                    pause();
                    return echo(group);
                },
                1000,
                Duration.ofSeconds(5),
                Duration.ofMillis(100));
        Future<String> stalled = callers.submit(() -> commits.write(0));
        Thread.sleep(200);
        List<Future<String>> others = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            int number = i;
            others.add(callers.submit(() -> commits.write(number)));
            if (i == 20) {
                goOn.countDown();
            }
            Thread.sleep(2);
        }
        ExecutionException failure = assertThrows(ExecutionException.class, () -> stalled.get(30, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, failure.getCause());
        for (int i = 1; i <= 40; i++) {
            assertEquals("w" + i, others.get(i - 1).get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void whoWaitsTooLong_goesWithoutBeingWritten() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit<Integer, String> commits = slow(1000, Duration.ofMillis(200), goOn);
        Future<String> first = callers.submit(() -> commits.write(0));
        Thread.sleep(100);
        assertThrows(DeliveryStoreUnavailableException.class, () -> commits.write(1));
        goOn.countDown();
        assertEquals("w0", first.get(30, TimeUnit.SECONDS));
        assertEquals("w2", commits.write(2));
        assertEquals(List.of(List.of(0), List.of(2)), groups);
    }

    @Test
    void moreThanTheBound_areRefusedAtOnce() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit<Integer, String> commits = slow(2, Duration.ofSeconds(30), goOn);
        Future<String> first = callers.submit(() -> commits.write(0));
        Thread.sleep(100);
        List<Future<String>> waiting =
                List.of(callers.submit(() -> commits.write(1)), callers.submit(() -> commits.write(2)));
        Thread.sleep(100);
        assertThrows(DeliveryStoreUnavailableException.class, () -> commits.write(3));
        goOn.countDown();
        first.get(30, TimeUnit.SECONDS);
        for (Future<String> one : waiting) {
            one.get(30, TimeUnit.SECONDS);
        }
        assertEquals("w4", commits.write(4));
    }

    @Test
    void manyCallersForLong_nobodyIsForgotten() throws Exception {
        GroupCommit<Integer, String> commits = new GroupCommit<>(this::echo, 1000, Duration.ofSeconds(30), TAKE_OVER);
        List<Future<?>> all = new ArrayList<>();
        for (int caller = 0; caller < 64; caller++) {
            int base = caller * 1000;
            all.add(callers.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    assertEquals("w" + (base + i), commits.write(base + i));
                }
            }));
        }
        for (Future<?> one : all) {
            one.get(50, TimeUnit.SECONDS);
        }
        assertEquals(64 * 200, groups.stream().mapToInt(List::size).sum());
    }
}
