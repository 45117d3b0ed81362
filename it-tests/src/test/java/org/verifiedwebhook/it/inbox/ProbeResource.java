package org.verifiedwebhook.it.inbox;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.inbox.Inbox;

/** What an operator would do. */
@Path("probe")
@RequestScoped
public class ProbeResource {

    @Inject
    Inbox inbox;

    @GET
    @Path("counts")
    public String counts() {
        return inbox.counts().toString();
    }

    @POST
    @Path("redrive")
    public String redrive() {
        return Integer.toString(inbox.redriveAll("probe"));
    }
}
