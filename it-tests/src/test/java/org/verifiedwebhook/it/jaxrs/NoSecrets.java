package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** A resource whose sender has no secret. */
public final class NoSecrets {

    private NoSecrets() {}

    @Path("no-secret")
    @VerifiedWebhook("cloudonix-status")
    public static class NoSecret {
        @POST
        public String hook(String body) {
            return body;
        }
    }
}
