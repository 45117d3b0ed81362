package org.verifiedwebhook.sample.cloudonix;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;
import org.verifiedwebhook.sample.event.EventLog;
import org.verifiedwebhook.sample.event.EventReader;
import org.verifiedwebhook.sender.Assurance;

/** Receives what Cloudonix reports of calls. */
@Path("hooks/cloudonix")
@RequestScoped
@VerifiedWebhook("cloudonix-status")
public class StatusResource {

    static final String ACKNOWLEDGEMENT = "{\"status\":\"received\",\"message\":\"Webhook processed successfully\"}";

    @Inject
    WebhookDelivery delivery;

    @Inject
    EventReader reader;

    @Inject
    EventLog log;

    /** A call began. */
    @POST
    @Path("call-initiated")
    public Response callInitiated() {
        return acknowledge(CallStatus.class);
    }

    /** A call's status changed. */
    @POST
    @Path("call-status")
    public Response callStatus() {
        return acknowledge(CallStatus.class);
    }

    /** A session's state changed. */
    @POST
    @Path("session-update")
    public Response sessionUpdate() {
        return acknowledge(SessionUpdate.class);
    }

    /** A call's record, which nothing signs: whoever knows a domain's UUID can send one. Hence asked for aloud. */
    @POST
    @Path("cdr")
    @VerifiedWebhook(value = "cloudonix-cdr", accept = Assurance.IDENTIFIED)
    public Response callDetailRecord() {
        return acknowledge(CallDetailRecord.class);
    }

    private Response acknowledge(Class<?> type) {
        log.record(delivery, reader.read(delivery, type));
        return Response.ok(ACKNOWLEDGEMENT, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
