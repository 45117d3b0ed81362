package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.verifiedwebhook.DeliveryClaim;

/** Ends the claim of a delivery that is handled asynchronously. */
final class AsyncEnd implements AsyncListener {

    private final DeliveryClaim claim;
    private final CapturedResponse response;

    AsyncEnd(DeliveryClaim claim, CapturedResponse response) {
        this.claim = claim;
        this.response = response;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        claim.complete(response.answer());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // The application may still answer, in a listener of its own; if it does not, the container answers 500. Either
        // way onComplete follows and knows the status, unless that had left before.
        if (response.isCommitted()) {
            claim.release();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        claim.release();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // A new cycle forgets its listeners.
        event.getAsyncContext().addListener(this);
    }
}
