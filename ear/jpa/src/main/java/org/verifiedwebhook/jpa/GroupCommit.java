package org.verifiedwebhook.jpa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

/**
 * Lets concurrent callers share one write: the first of them writes for all that wait, then one of those who came
 * meanwhile. No thread of its own: a pool that slow handlers fill cannot keep a delivery from being stored.
 *
 * @param <I> what is written
 * @param <O> what becomes of each
 */
final class GroupCommit<I, O> {

    /** So many are written at once at most. */
    static final int MAX_GROUP = 128;

    /** What became of one: a result, or why there is none. */
    record Written<O>(O result, RuntimeException failure) {
        static <O> Written<O> of(O result) {
            return new Written<>(result, null);
        }

        static <O> Written<O> failed(RuntimeException why) {
            return new Written<>(null, why);
        }
    }

    private final Function<List<I>, List<Written<O>>> writer;
    private final Duration patience;
    private final BlockingQueue<Waiter<I, O>> queue;
    private final AtomicBoolean led = new AtomicBoolean();

    /**
     * @param writer writes a group and says what became of each, in the same order; returns when it is durable. Throws if
     *     the database cannot write: that is the answer for all who wait, too, since each would wait as long again
     * @param bound how many may wait
     * @param patience how long each waits
     */
    GroupCommit(Function<List<I>, List<Written<O>>> writer, int bound, Duration patience) {
        this.writer = writer;
        this.patience = patience;
        this.queue = new LinkedBlockingQueue<>(bound);
    }

    /** One caller. Its own monitor guards it. */
    private static final class Waiter<I, O> {
        private enum State {
            WAITING,
            WRITING,
            LEADS,
            GONE,
            ANSWERED
        }

        final I item;
        private State state = State.WAITING;
        private Written<O> answer;

        Waiter(I item) {
            this.item = item;
        }

        /** Puts it into a group, unless it has gone. */
        synchronized boolean take() {
            boolean there = state == State.WAITING || state == State.LEADS;
            if (there) {
                state = State.WRITING;
            }
            return there;
        }

        /** Makes it the leader, unless it has gone. */
        synchronized boolean lead() {
            if (state != State.WAITING) {
                return false;
            }
            state = State.LEADS;
            notifyAll();
            return true;
        }

        synchronized void answer(Written<O> written) {
            state = State.ANSWERED;
            answer = written;
            notifyAll();
        }

        /** Waits until it is answered or leads; true if it leads. */
        synchronized boolean await(Duration patience) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            while (state == State.WAITING || state == State.WRITING) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    boolean unknown = state == State.WRITING;
                    state = State.GONE;
                    throw new DeliveryStoreUnavailableException(
                            unknown
                                    ? "the database takes longer than " + patience.toMillis()
                                            + " ms to commit: whether the delivery is stored shows when it comes again"
                                    : "the inbox waited " + patience.toMillis() + " ms for the database: look there");
                }
                wait(left);
            }
            return state == State.LEADS;
        }

        synchronized Written<O> answer() {
            return answer;
        }
    }

    /**
     * Writes an item, together with others.
     *
     * @throws DeliveryStoreUnavailableException if there is no room, or it took too long
     */
    O write(I item) {
        Waiter<I, O> mine = new Waiter<>(item);
        if (!queue.offer(mine)) {
            throw new DeliveryStoreUnavailableException(
                    "the inbox has no room: more deliveries come than the database can commit");
        }
        try {
            if (led.compareAndSet(false, true)) {
                leadOne();
            }
            while (mine.await(patience)) {
                leadOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryStoreUnavailableException("interrupted while the delivery was stored", e);
        } finally {
            queue.remove(mine);
        }
        Written<O> written = mine.answer();
        if (written.failure() != null) {
            throw written.failure();
        }
        return written.result();
    }

    /** Writes one group, then hands over. The caller leads. */
    private void leadOne() {
        List<Waiter<I, O>> group = new ArrayList<>();
        Waiter<I, O> next;
        while (group.size() < MAX_GROUP && (next = queue.poll()) != null) {
            if (next.take()) {
                group.add(next);
            }
        }
        try {
            if (!group.isEmpty()) {
                write(group);
            }
        } finally {
            handOver();
        }
    }

    private void write(List<Waiter<I, O>> group) {
        List<Written<O>> written;
        try {
            written = writer.apply(group.stream().map(w -> w.item).toList());
        } catch (RuntimeException e) {
            group.forEach(w -> w.answer(Written.failed(e)));
            failWaiting(e);
            return;
        } catch (Error e) {
            RuntimeException why = new DeliveryStoreUnavailableException("the delivery could not be stored", e);
            group.forEach(w -> w.answer(Written.failed(why)));
            throw e;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer(written.get(i));
        }
    }

    private void failWaiting(RuntimeException why) {
        List<Waiter<I, O>> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        for (Waiter<I, O> waiter : waiting) {
            if (waiter.take()) {
                waiter.answer(Written.failed(why));
            }
        }
    }

    private void handOver() {
        do {
            for (Waiter<I, O> waiter : queue) {
                if (waiter.lead()) {
                    return;
                }
            }
            led.set(false);
            // Whoever came after that loop and before this line found a leader, and waits.
        } while (!queue.isEmpty() && led.compareAndSet(false, true));
    }
}
