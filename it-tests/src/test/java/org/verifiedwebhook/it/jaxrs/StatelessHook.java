package org.verifiedwebhook.it.jaxrs;

import jakarta.ejb.Stateless;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** A hook that is an enterprise bean. */
@Path("stateless")
@Stateless
@VerifiedWebhook("zorio")
public class StatelessHook {

    @POST
    public String hook(String body) {
        Reached.count("stateless");
        return body;
    }
}
