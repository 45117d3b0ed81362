package org.verifiedwebhook.it.slow;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Tells how long its body is. */
@Path("/hook")
@RequestScoped
public class SlowHook {

    @POST
    @VerifiedWebhook("zorio")
    public String length(byte[] body) {
        return Integer.toString(body.length);
    }
}
