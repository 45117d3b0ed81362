package org.verifiedwebhook.jaxrs;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;

/**
 * Gives back the claims that no answer ended, so that the sender's next attempt is handled: JAX-RS runs no response
 * filter after an exception that nothing maps. A claim that holds this thread's transaction is given back now, be the
 * request asynchronous or not.
 */
final class ClaimKeeper implements ServletRequestListener {

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        end(event.getServletRequest());
    }

    /** Gives back what is open at the end of a dispatch, or at the end of the request if that is asynchronous. */
    static void end(ServletRequest request) {
        List<OpenDelivery> open = OpenDelivery.in(request);
        open.stream().filter(OpenDelivery::holdsTransaction).forEach(OpenDelivery::release);
        open.removeIf(OpenDelivery::holdsTransaction);
        if (open.isEmpty()) {
            return;
        }
        try {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new WhenDone(open));
                return;
            }
        } catch (IllegalStateException completedMeanwhile) {
            // Its answer is written or never will be.
        }
        open.forEach(OpenDelivery::release);
    }

    /** Waits for the end of an asynchronous request. */
    private record WhenDone(List<OpenDelivery> open) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            open.forEach(OpenDelivery::release);
        }

        @Override
        public void onError(AsyncEvent event) {
            open.forEach(OpenDelivery::release);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // The resource may still answer, in a timeout handler for instance; onComplete follows.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
