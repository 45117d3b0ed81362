package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Resources that CDI does not know of. */
public final class NoBeans {

    private NoBeans() {}

    @Path("bare")
    public static class NoBean {
        @POST
        @VerifiedWebhook("zorio")
        public String hook(String body) {
            return body;
        }
    }

    @Path("bare-root")
    public static class NoBeanWithLocator {
        @Path("sub")
        public Object sub() {
            return new Hooks.Sub();
        }
    }
}
