package org.verifiedwebhook.it.jaxrs;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Takes the body in every form, and tells what it got. */
@Path("entity")
@VerifiedWebhook("zorio")
public class EntityHooks {

    /** A body for JSON-B. */
    public static class Event {
        public String event;
        public int amount;
    }

    @Inject
    WebhookDelivery delivery;

    @POST
    @Path("json")
    @Consumes(MediaType.APPLICATION_JSON)
    public String json(Event event) {
        return event.event + " " + event.amount;
    }

    @POST
    @Path("bytes")
    public byte[] bytes(byte[] body) {
        return body;
    }

    @POST
    @Path("string")
    public String string(String body) {
        return body;
    }

    @POST
    @Path("stream")
    public String stream(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    @POST
    @Path("form")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String form(@FormParam("a") String a, @FormParam("b") List<String> b) {
        return a + " " + b;
    }

    @POST
    @Path("map")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String map(MultivaluedMap<String, String> form) {
        return form.getFirst("a") + " " + form.get("b");
    }

    @POST
    @Path("delivery")
    public String delivery(String body, @Context SecurityContext security) {
        boolean same = body.equals(new String(delivery.rawBody(), StandardCharsets.UTF_8));
        return String.join(
                " ",
                delivery.sender(),
                delivery.eventType().orElse("-"),
                delivery.assurance().toString(),
                delivery.secretLabel().orElse("-"),
                security.getUserPrincipal().getName(),
                Boolean.toString(security.isUserInRole("any")),
                Boolean.toString(same));
    }
}
