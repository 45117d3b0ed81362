package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.context.RequestScoped;

/** Whether JAX-RS is looking for the method that handles the request, with our feature registered. */
@RequestScoped
class LiveFeature {

    private boolean live;

    boolean isLive() {
        return live;
    }

    /** True before matching, false after: what the resource forwards to must prove itself again. */
    void set(boolean matching) {
        this.live = matching;
    }
}
