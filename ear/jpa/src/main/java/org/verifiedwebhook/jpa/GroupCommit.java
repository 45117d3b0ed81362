package org.verifiedwebhook.jpa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
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
    private final Duration takeOver;
    private final BlockingQueue<Waiter<I, O>> queue;
    private final AtomicReference<Leader> leader = new AtomicReference<>();

    /** The right to write, of one caller since some time. */
    private static final class Leader {
        final long since = System.nanoTime();
    }

    /**
     * @param writer writes a group and says what became of each, in the same order; returns when it is durable. Throws if
     *     the database cannot write: that is the answer for all who wait, too, since each would wait as long again
     * @param bound how many may wait
     * @param patience how long each waits
     * @param takeOver after how long a write that does not return is left alone and the next caller writes beside it: a
     *     connection without time-outs may hang for many minutes
     */
    GroupCommit(Function<List<I>, List<Written<O>>> writer, int bound, Duration patience, Duration takeOver) {
        this.writer = writer;
        this.patience = patience;
        this.takeOver = takeOver;
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
        private Leader leads;
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
        synchronized boolean lead(Leader right) {
            if (state != State.WAITING) {
                return false;
            }
            leads = right;
            state = State.LEADS;
            notifyAll();
            return true;
        }

        synchronized void answer(Written<O> written) {
            state = State.ANSWERED;
            answer = written;
            notifyAll();
        }

        /** Leaves without an answer. */
        synchronized void leave() {
            state = State.GONE;
        }

        /** The right that it was handed, if any. */
        synchronized Leader leads() {
            return leads;
        }

        /** Waits until it is answered or leads; null if it is answered. */
        synchronized Leader await(Duration patience) throws InterruptedException {
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
            return state == State.LEADS ? leads : null;
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
            Leader right = seize();
            if (right == null) {
                right = mine.await(patience);
            }
            while (right != null) {
                leadOne(right);
                right = mine.await(patience);
            }
        } catch (InterruptedException e) {
            mine.leave();
            Thread.currentThread().interrupt();
            throw new DeliveryStoreUnavailableException("interrupted while the delivery was stored", e);
        } finally {
            queue.remove(mine);
            // What it was given and never used.
            Leader unused = mine.leads();
            if (unused != null && leader.get() == unused) {
                handOver(unused);
            }
        }
        Written<O> written = mine.answer();
        if (written.failure() != null) {
            throw written.failure();
        }
        return written.result();
    }

    /** The right to write, if nobody has it or its holder does not come back; null otherwise. */
    private Leader seize() {
        Leader held = leader.get();
        if (held != null && System.nanoTime() - held.since < takeOver.toNanos()) {
            return null;
        }
        Leader mine = new Leader();
        return leader.compareAndSet(held, mine) ? mine : null;
    }

    /** Writes one group, then hands over. */
    private void leadOne(Leader right) {
        try {
            List<Waiter<I, O>> group = new ArrayList<>();
            Waiter<I, O> next;
            while (group.size() < MAX_GROUP && (next = queue.poll()) != null) {
                if (next.take()) {
                    group.add(next);
                }
            }
            if (!group.isEmpty()) {
                write(group, right);
            }
        } finally {
            handOver(right);
        }
    }

    private void write(List<Waiter<I, O>> group, Leader right) {
        List<Written<O>> written;
        try {
            written = writer.apply(group.stream().map(w -> w.item).toList());
        } catch (RuntimeException e) {
            group.forEach(w -> w.answer(Written.failed(e)));
            // One that was left alone says nothing about those who wait for its successor.
            if (leader.get() == right) {
                failWaiting(e);
            }
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

    private void handOver(Leader right) {
        Leader held = right;
        do {
            for (Waiter<I, O> waiter : queue) {
                Leader next = new Leader();
                if (!leader.compareAndSet(held, next)) {
                    return; // taken over
                }
                if (waiter.lead(next)) {
                    return;
                }
                held = next;
            }
            if (!leader.compareAndSet(held, null)) {
                return;
            }
            // Whoever came after that loop and before this line found a leader, and waits.
            held = queue.isEmpty() ? null : seize();
        } while (held != null);
    }
}
