package org.verifiedwebhook.it.jaxrs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.WebhookDelivery;

/** Not annotated: no delivery is there to be injected, and no hook to be called. */
@Path("open")
@RequestScoped
public class OpenResource {

    @Inject
    WebhookDelivery delivery;

    @Inject
    Hooks.OnClass hook;

    @GET
    @Path("delivery")
    public String delivery() {
        try {
            return delivery.sender();
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    @GET
    @Path("hook")
    public String hook() {
        return hook.hook("through the back door");
    }
}
