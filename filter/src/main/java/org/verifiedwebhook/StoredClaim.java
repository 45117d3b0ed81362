package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.sender.Reason;

/** A claim that a delivery store holds. */
final class StoredClaim implements DeliveryClaim {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    /** Of a longer answer a copy gets the status and the header fields only. */
    private static final int MAX_STORED_BODY = 100 * 1024;

    private final Exchange exchange;
    private final WebhookDelivery delivery;
    private final DeliveryStore deliveries;
    private final ClaimToken token;
    private final AtomicBoolean ended = new AtomicBoolean();

    StoredClaim(Exchange exchange, WebhookDelivery delivery, DeliveryStore deliveries, ClaimToken token) {
        this.exchange = exchange;
        this.delivery = delivery;
        this.deliveries = deliveries;
        this.token = token;
    }

    @Override
    public Answer complete(Answer answer) {
        if (!ended.compareAndSet(false, true)) {
            return answer;
        }
        if (!answer.acknowledges()) {
            releaseQuietly();
            exchange.failed(delivery, answer.status());
            return answer;
        }
        if (recorded(answer)) {
            exchange.handled(delivery, answer);
            return answer;
        }
        Answer comeAgain = WebhookGate.answer(exchange.sender(), Reason.STORE_UNAVAILABLE);
        exchange.failed(delivery, comeAgain.status());
        return comeAgain;
    }

    private boolean recorded(Answer answer) {
        byte[] body = answer.body();
        Answer stored =
                body.length <= MAX_STORED_BODY ? answer : Answer.of(answer.status(), answer.headers(), new byte[0]);
        try {
            if (deliveries.complete(token, stored)) {
                return true;
            }
            LOG.log(Level.ERROR, "sender " + delivery.sender() + ": handling took longer than the claim's lease");
        } catch (RuntimeException e) {
            exchange.fault(Level.ERROR, "the delivery store could not complete", e);
            releaseQuietly();
        }
        return false;
    }

    @Override
    public void release() {
        if (ended.compareAndSet(false, true)) {
            releaseQuietly();
            exchange.failed(delivery, 500);
        }
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
