package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Resources whose senders have no secret, or none that will do. */
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

    @Path("short-secret")
    @VerifiedWebhook("shortly")
    public static class ShortSecret {
        @POST
        public String hook(String body) {
            return body;
        }
    }
}
