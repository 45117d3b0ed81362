package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends a request that was put aside round again. However often the container runs the dispatch, one may take it; the others
 * wait for its end, because the container ends the request when any of them returns.
 */
final class Round {

    /** How often to look whether the container has returned, in milliseconds. */
    private static final long RETURN_POLL = 1;

    private static final long SETTLED_AFTER = 10;

    private final ScheduledExecutorService timer;
    private final boolean afterReturn;
    private final Runnable lost;
    private final AtomicBoolean sent = new AtomicBoolean();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile AsyncContext async;
    private volatile long timeout;
    private volatile boolean handlersOwn;
    private volatile boolean completed;
    private int polls;

    /**
     * @param afterReturn whether to send only when the container has returned from the dispatch that put the request aside:
     *     Payara otherwise, now and then, sends it round twice at once
     * @param lost told if it may be that nobody comes to take the round; should somebody come all the same, he is let through
     */
    Round(ScheduledExecutorService timer, boolean afterReturn, Runnable lost) {
        this.timer = timer;
        this.afterReturn = afterReturn;
        this.lost = lost;
    }

    /** The request was put aside. Before this nothing can be sent. */
    void begin(AsyncContext context, long timeoutMillis) {
        timeout = timeoutMillis;
        async = context;
    }

    /** Whether it is not sent before the container has returned. */
    boolean waitsForReturn() {
        return afterReturn;
    }

    /** Sends the request round as soon as the container bears it. */
    void send() {
        if (afterReturn) {
            inAWhile(this::sendWhenReturned, RETURN_POLL);
        } else {
            sendNow();
        }
    }

    private void inAWhile(Runnable next, long millis) {
        try {
            Future<?> unused = timer.schedule(next, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            sendNow();
        }
    }

    private void sendWhenReturned() {
        if (isDone()) {
            return;
        }
        try {
            // Servlet 6.0, AsyncContext: refused from when the dispatch that started it has returned.
            async.setTimeout(timeout);
        } catch (IllegalStateException returning) {
            // A few steps before it has, on Payara.
            inAWhile(this::sendNow, SETTLED_AFTER);
            return;
        }
        if (++polls > timeout) {
            lost.run();
            sendNow();
        } else {
            inAWhile(this::sendWhenReturned, RETURN_POLL);
        }
    }

    /** Sends it here and now, which also wakes a dispatch that Payara has let lie. */
    void sendNow() {
        if (isDone()) {
            return;
        }
        boolean again = sent.getAndSet(true);
        try {
            async.dispatch();
        } catch (RuntimeException e) {
            if (!again) {
                // The container has ended the request; nobody can be answered.
                lost.run();
            }
        }
    }

    private boolean isDone() {
        return taken.get() || completed;
    }

    /** The container has ended the request. */
    void complete() {
        completed = true;
    }

    boolean isTaken() {
        return taken.get();
    }

    /** @return true once: who gets it goes on with the request, and says so when it is {@link #through} */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** @param own whether the handler has become asynchronous, and so may send the request round itself */
    void through(boolean own) {
        handlersOwn = own;
        over.countDown();
    }

    /**
     * Waits, whatever happens, until the one that took the round is through.
     *
     * @return whether this dispatch can be the handler's own, which has become asynchronous itself; otherwise it was verified
     *     for nobody, and must answer nothing
     */
    boolean awaitHandlersOwn() {
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return handlersOwn;
    }
}
