package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Resources whose senders' files or settings are wrong. */
public final class Misconfigured {

    private Misconfigured() {}

    @Path("broken-file")
    @VerifiedWebhook("broken")
    public static class BrokenFile {
        @POST
        public String hook(String body) {
            return body;
        }
    }

    @Path("misspelt-setting")
    @VerifiedWebhook("misspelt")
    public static class MisspeltSetting {
        @POST
        public String hook(String body) {
            return body;
        }
    }
}
