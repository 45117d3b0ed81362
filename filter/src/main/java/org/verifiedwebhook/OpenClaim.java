package org.verifiedwebhook;

import java.util.concurrent.atomic.AtomicBoolean;
import org.verifiedwebhook.delivery.Answer;

/** A claim that no store holds, because copies are handled too. */
final class OpenClaim implements DeliveryClaim {

    private final Exchange exchange;
    private final WebhookDelivery delivery;
    private final AtomicBoolean ended = new AtomicBoolean();

    OpenClaim(Exchange exchange, WebhookDelivery delivery) {
        this.exchange = exchange;
        this.delivery = delivery;
    }

    @Override
    public Answer complete(Answer answer) {
        if (ended.compareAndSet(false, true)) {
            if (answer.acknowledges()) {
                exchange.handled(delivery, answer);
            } else {
                exchange.failed(delivery, answer.status());
            }
        }
        return answer;
    }

    @Override
    public void release() {
        if (ended.compareAndSet(false, true)) {
            exchange.failed(delivery, 500);
        }
    }
}
