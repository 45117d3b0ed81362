package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.inbox.InboxItem;
import org.verifiedwebhook.inbox.InboxState;
import org.verifiedwebhook.inbox.WebhookEvent;

/**
 * Takes deliveries out of the inbox and has them handled, so many at once, on the server's threads.
 *
 * <p>{@link #wake} after something was stored, so that nothing waits for the clock; and now and then, for retries and for
 * what other nodes have left.
 */
final class InboxWorker {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook.inbox");
    private static final int MOST_AT_ONCE = 16;

    static final int PURGE_BATCH = 500;
    static final int PURGE_ROUNDS = 5;

    private final InboxRows rows;
    private final StoreTransactions transactions;
    private final InboxHandlers handlers;
    private final EventBinder binder;
    private final InboxSettings settings;
    private final Executor executor;
    private final Consumer<Runnable> scope;
    private final Consumer<InboxItem> listener;
    private final AtomicInteger wanted = new AtomicInteger();
    private final Shares shares;
    /** Whether lanes that have room may have something due behind what those without room have. */
    private boolean othersDue;

    private boolean looking;
    private boolean stopped;
    private boolean failing;

    /**
     * @param executor where it looks and where handlers run
     * @param scope runs something of the application within what that may expect; may fail
     * @param listener told of every delivery's end; may fail
     */
    InboxWorker(
            InboxRows rows,
            StoreTransactions transactions,
            InboxHandlers handlers,
            EventBinder binder,
            InboxSettings settings,
            Executor executor,
            Consumer<Runnable> scope,
            Consumer<InboxItem> listener) {
        this.rows = rows;
        this.transactions = transactions;
        this.handlers = handlers;
        this.binder = binder;
        this.settings = settings;
        this.executor = executor;
        this.scope = scope;
        this.listener = listener;
        this.shares = new Shares(settings.tenantConcurrency());
    }

    /** Says that there may be something to do. Returns at once. */
    void wake() {
        othersAreDue();
        look();
    }

    /** Says that there is something of a lane; if that has its share, the end of what it has will tell. */
    void wake(Lane lane) {
        if (!isSpent(lane)) {
            wake();
        }
    }

    private void look() {
        if (wanted.getAndIncrement() == 0) {
            try {
                executor.execute(this::lookNow);
            } catch (RuntimeException e) {
                wanted.set(0);
                LOG.log(Level.DEBUG, "the server takes no work now", e);
            } catch (Error e) {
                wanted.set(0);
                throw e;
            }
        }
    }

    private void lookNow() {
        int seen;
        do {
            seen = wanted.get();
            looking(true);
            try {
                scope.accept(this::claimAndHandOut);
                recovered();
            } catch (Throwable e) {
                // Everything, or nobody would ever look again.
                failed(e);
            } finally {
                looking(false);
            }
        } while (!wanted.compareAndSet(seen, 0));
    }

    private synchronized void failed(Throwable e) {
        if (!failing && !stopped) {
            LOG.log(Level.WARNING, "the inbox cannot be read; this is tried again each second and told once", e);
        }
        failing = true;
    }

    private synchronized void recovered() {
        if (failing) {
            LOG.log(Level.INFO, "the inbox can be read again");
        }
        failing = false;
    }

    private void claimAndHandOut() {
        boolean others = takeOthersDue();
        boolean more = true;
        try {
            for (int free = free(); more && free > 0; free = free()) {
                InboxRows.Claims claims = rows.claim(
                        Math.min(free, MOST_AT_ONCE), settings.attempts(), settings.lease(), running(), others);
                claims.dead().forEach(this::tell);
                claims.claimed().forEach(this::handOut);
                more = claims.more();
            }
        } finally {
            if (others && more) {
                othersAreDue();
            }
        }
    }

    private void handOut(InboxRows.Claimed claim) {
        Lane lane = claim.row().lane();
        begin(lane);
        try {
            executor.execute(() -> handleAndGoOn(claim, lane));
        } catch (RuntimeException | Error e) {
            // Its lease ends, and it is taken up then.
            end(lane);
            throw e;
        }
    }

    private synchronized boolean stopping() {
        return stopped;
    }

    private synchronized int free() {
        return stopped ? 0 : settings.concurrency() - shares.running();
    }

    private synchronized void looking(boolean now) {
        looking = now;
        notifyAll();
    }

    private synchronized void othersAreDue() {
        othersDue = true;
    }

    private synchronized boolean takeOthersDue() {
        boolean due = othersDue;
        othersDue = false;
        return due;
    }

    private synchronized boolean isSpent(Lane lane) {
        return shares.isSpent(lane);
    }

    private synchronized Shares running() {
        return shares.copy();
    }

    private synchronized void begin(Lane lane) {
        shares.begin(lane);
    }

    private synchronized void end(Lane lane) {
        // One that had its share is found at the head of what is due; the others were looked for when it got that.
        othersDue = othersDue || !shares.isSpent(lane);
        shares.end(lane);
        notifyAll();
    }

    private void handleAndGoOn(InboxRows.Claimed claim, Lane lane) {
        try {
            scope.accept(() -> handle(claim));
        } catch (RuntimeException e) {
            notRecorded(claim, e);
        } finally {
            end(lane);
            look();
        }
    }

    private void handle(InboxRows.Claimed claim) {
        WebhookDelivery delivery = claim.row().delivery();
        Optional<InboxHandler> handler = handlers.find(delivery.sender(), delivery.eventType());
        if (handler.isEmpty()) {
            giveUp(claim, InboxState.UNHANDLED, "no @OnWebhook method takes this event type");
            return;
        }
        Object data;
        try {
            data = binder.bind(delivery.rawBody(), handler.get().data());
        } catch (EventBinder.UnbindableException e) {
            giveUp(claim, InboxState.DEAD, e.getMessage());
            return;
        }
        WebhookEvent<?> event = new WebhookEvent<>(delivery, data, claim.row().attempts());
        try {
            transactions.own(entities -> call(entities, handler.get(), event, claim));
        } catch (LostClaimException e) {
            LOG.log(
                    Level.WARNING,
                    "inbox " + claim.row().id() + " sender=" + delivery.sender()
                            + ": handling took longer than the lease, another worker has it; this attempt is rolled back");
            return;
        } catch (RuntimeException e) {
            retryOrDie(claim, handler.get(), e instanceof HandlerException ? e.getCause() : e);
            return;
        }
        tell(rows.handled(claim));
    }

    private boolean call(EntityManager entities, InboxHandler handler, WebhookEvent<?> event, InboxRows.Claimed claim) {
        try {
            handler.call().with(event);
        } catch (Throwable e) {
            // Everything: Payara commits what an interceptor sees leave as an Error.
            throw new HandlerException(e);
        }
        if (!rows.done(entities, claim)) {
            throw new LostClaimException();
        }
        return true;
    }

    /** What the handler threw; unchecked, so that the transaction is rolled back. */
    private static final class HandlerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HandlerException(Throwable cause) {
            super(cause);
        }
    }

    private static final class LostClaimException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void retryOrDie(InboxRows.Claimed claim, InboxHandler handler, Throwable failure) {
        int failed = claim.row().attempts();
        boolean again = failed < settings.attempts();
        LOG.log(
                Level.WARNING,
                () -> "inbox " + claim.row().id() + ": " + handler.where() + " failed, attempt " + failed + " of "
                        + settings.attempts(),
                failure);
        if (again) {
            recordEnd(
                    claim,
                    InboxState.READY,
                    reason(failure),
                    settings.wait(failed, RandomGenerator.getDefault()),
                    this::tell);
        } else {
            giveUp(claim, InboxState.DEAD, reason(failure));
        }
    }

    private void giveUp(InboxRows.Claimed claim, InboxState state, String reason) {
        recordEnd(claim, state, reason, Duration.ZERO, item -> {
            LOG.log(
                    Level.WARNING,
                    () -> "inbox " + item.number() + " sender=" + item.sender() + " state=" + state + " attempts="
                            + item.attempts() + ": " + reason);
            tell(item);
        });
    }

    /** Records how an attempt ended; on another thread if this one fails, which may have waited in vain just now. */
    private void recordEnd(
            InboxRows.Claimed claim, InboxState state, String reason, Duration wait, Consumer<InboxItem> then) {
        try {
            rows.end(claim, state, reason, wait).ifPresent(then);
        } catch (RuntimeException e) {
            executor.execute(() -> {
                try {
                    rows.end(claim, state, reason, wait).ifPresent(then);
                } catch (RuntimeException again) {
                    notRecorded(claim, again);
                }
            });
        }
    }

    private static void notRecorded(InboxRows.Claimed claim, RuntimeException e) {
        LOG.log(
                Level.WARNING,
                () -> "inbox " + claim.row().id() + ": how it ended could not be recorded; its lease ends by itself",
                e);
    }

    /** The class of an exception and what it says, on one line. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        return failure.getClass().getName()
                + (message == null ? "" : ": " + message.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " "));
    }

    private void tell(InboxItem item) {
        try {
            listener.accept(item);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "an observer of inbox outcomes failed", e);
        }
    }

    /**
     * Tidies up: deletes what has been kept long enough, in small transactions, and redates what waits.
     *
     * @return whether something is left to be deleted; the caller has other things to do, too
     */
    boolean purge() {
        rows.redate();
        boolean more = purge(InboxState.DONE, settings.keepDone());
        more = purge(InboxState.DEAD, settings.keepDead()) || more;
        return purge(InboxState.UNHANDLED, settings.keepDead()) || more;
    }

    private boolean purge(InboxState state, Duration age) {
        for (int round = 0; round < PURGE_ROUNDS; round++) {
            if (rows.purge(state, age, PURGE_BATCH) < PURGE_BATCH) {
                return false;
            }
            if (stopping()) {
                return true;
            }
        }
        return true;
    }

    /** Begins nothing more, and waits so long for what is being handled; what is not at its end then runs again later. */
    synchronized void stop(Duration patience) throws InterruptedException {
        stopped = true;
        long end = System.nanoTime() + patience.toNanos();
        while (shares.running() > 0 || looking) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                LOG.log(
                        Level.WARNING,
                        shares.running() + " handlers of the inbox did not end; their deliveries are handled again");
                return;
            }
            wait(left);
        }
    }
}
