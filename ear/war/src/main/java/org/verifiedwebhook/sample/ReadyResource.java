package org.verifiedwebhook.sample;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells that the application itself answers; a server may call itself ready when the application failed. */
@Path("ready")
public class ReadyResource {

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String ready() {
        return "ready";
    }
}
