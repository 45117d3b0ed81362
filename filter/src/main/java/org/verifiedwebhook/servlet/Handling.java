package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.WebhookDelivery;

/**
 * A delivery that a handler is at work on.
 *
 * @param delivery the delivery
 * @param claim the claim that ends with the handler's answer
 * @param body the body, which is held until then
 * @param response the answer so far
 */
record Handling(WebhookDelivery delivery, DeliveryClaim claim, ReceivedBody body, CapturedResponse response)
        implements BufferedRequest.Ending {

    @Override
    public void beforeStart() {
        if (claim.holdsTransaction()) {
            throw new IllegalStateException("the handler of sender " + delivery.sender()
                    + " works in the transaction of its delivery, which belongs to this thread: answer synchronously, or"
                    + " take copies with handle-copies, or store the event and work on it later");
        }
    }

    @Override
    public void onStart(AsyncContext context) {
        context.addListener(new AsyncEnd(claim, response));
        body.keepFor(context);
    }
}
