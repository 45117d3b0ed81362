package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.CDI;

/** Whether JAX-RS is looking for the method that handles the request, with our feature registered. */
@RequestScoped
class LiveFeature {

    private boolean live;

    /** Told before matching, and after: what the resource forwards to must prove itself again. */
    static void matching(boolean goesOn) {
        try {
            CDI.current().select(LiveFeature.class).get().set(goesOn);
        } catch (ContextNotActiveException e) {
            // Not for us to complain: who needs to know will ask, and take it for a no.
        }
    }

    void set(boolean matching) {
        this.live = matching;
    }

    boolean isLive() {
        return live;
    }
}
