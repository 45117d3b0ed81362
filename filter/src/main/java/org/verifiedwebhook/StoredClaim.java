package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.HandlerTransaction;
import org.verifiedwebhook.sender.Reason;

/**
 * A claim that a delivery store holds, and the handler's transaction with it: that ends exactly once, before the claim is
 * given back and before any answer.
 */
final class StoredClaim implements DeliveryClaim {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    /** Of a longer answer a copy gets the status and the header fields only. */
    private static final int MAX_STORED_BODY = 100 * 1024;

    private final Exchange exchange;
    private final WebhookDelivery delivery;
    private final DeliveryStore deliveries;
    private final ClaimToken token;
    private final Thread owner = Thread.currentThread();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean handled;
    private HandlerTransaction transaction = HandlerTransaction.NONE;

    StoredClaim(Exchange exchange, WebhookDelivery delivery, DeliveryStore deliveries, ClaimToken token) {
        this.exchange = exchange;
        this.delivery = delivery;
        this.deliveries = deliveries;
        this.token = token;
    }

    /** Begins the handler's transaction; false if the store could not: then the claim is given back, and this is done with. */
    boolean begin(Duration timeout) {
        try {
            transaction = deliveries.begin(token, timeout);
            return true;
        } catch (RuntimeException e) {
            exchange.fault(Level.ERROR, "no transaction could be begun", e);
            releaseQuietly();
            return false;
        } catch (Error e) {
            releaseQuietly();
            throw e;
        }
    }

    @Override
    public boolean holdsTransaction() {
        return transaction != HandlerTransaction.NONE;
    }

    @Override
    public Answer complete(Answer answer) {
        if (answer.acknowledges() && !ended.get() && !transaction.isCurrent()) {
            // Recorded outside of it, the delivery would be done and the handler's work perhaps not. Whoever holds the
            // claim on the transaction's own thread releases it.
            LOG.log(
                    Level.ERROR,
                    "sender " + delivery.sender() + ": the handler's transaction is not on the thread that answers, or"
                            + " the handler has ended it");
            return comeAgain();
        }
        if (!answer.acknowledges() && holdsTransaction() && Thread.currentThread() != owner) {
            // A transaction of this thread is somebody else's. The owner gives the claim back.
            return answer;
        }
        if (!ended.compareAndSet(false, true)) {
            // What was given back is not done: whoever acknowledges it now comes too late.
            return handled || !answer.acknowledges() ? answer : comeAgain();
        }
        if (!answer.acknowledges()) {
            undo();
            exchange.failed(delivery, answer.status());
            return answer;
        }
        if (recorded(answer)) {
            handled = true;
            exchange.handled(delivery, answer);
            return answer;
        }
        Answer comeAgain = comeAgain();
        exchange.failed(delivery, comeAgain.status());
        return comeAgain;
    }

    private Answer comeAgain() {
        return WebhookGate.answer(exchange.sender(), Reason.STORE_UNAVAILABLE);
    }

    private boolean recorded(Answer answer) {
        byte[] body = answer.body();
        Answer stored =
                body.length <= MAX_STORED_BODY ? answer : Answer.of(answer.status(), answer.headers(), new byte[0]);
        boolean held;
        try {
            held = deliveries.complete(token, stored);
        } catch (RuntimeException e) {
            exchange.fault(Level.ERROR, "the delivery store could not complete", e);
            undo();
            return false;
        } catch (Error e) {
            undo();
            throw e;
        }
        if (!held) {
            LOG.log(Level.ERROR, "sender " + delivery.sender() + ": handling took longer than the claim's lease");
            transaction.rollback();
            return false;
        }
        try {
            transaction.commit();
            return true;
        } catch (RuntimeException e) {
            exchange.fault(Level.ERROR, "the handler's work did not commit", e);
            // It may have: then the delivery is complete, this does nothing, and the retry gets the answer.
            releaseQuietly();
            return false;
        }
    }

    @Override
    public void release() {
        if (ended.compareAndSet(false, true)) {
            undo();
            exchange.failed(delivery, 500);
        }
    }

    private void undo() {
        transaction.rollback();
        releaseQuietly();
    }

    private void releaseQuietly() {
        try {
            deliveries.release(token);
        } catch (RuntimeException e) {
            // The lease ends by itself; until then copies are told to come again.
            exchange.fault(Level.WARNING, "the delivery store could not release", e);
        }
    }
}
