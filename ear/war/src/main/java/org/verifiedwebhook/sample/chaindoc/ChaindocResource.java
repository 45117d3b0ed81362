package org.verifiedwebhook.sample.chaindoc;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;
import org.verifiedwebhook.sample.event.EventLog;
import org.verifiedwebhook.sample.event.EventReader;
import org.verifiedwebhook.sample.event.EventTypes;

/** Receives Chaindoc's events in the documented contract. */
@Path("hooks/chaindoc")
@RequestScoped
@VerifiedWebhook("chaindoc")
public class ChaindocResource {

    static final String ACKNOWLEDGEMENT = "{\"status\":\"received\"}";

    static final EventTypes TYPES = new EventTypes(Map.of(
            "document.created", DocumentCreated.class,
            "document.verified", DocumentVerified.class,
            "document.signed", DocumentSigned.class,
            "signature.request.created", SignatureRequestCreated.class,
            "signature.request.completed", SignatureRequestCompleted.class,
            "signature.request.rejected", SignatureRequestRejected.class));

    @Inject
    WebhookDelivery delivery;

    @Inject
    EventReader reader;

    @Inject
    EventLog log;

    /** Acknowledges unknown types too, as Chaindoc asks. */
    @POST
    public Response receive() {
        log.record(delivery, reader.read(delivery, TYPES));
        return Response.ok(ACKNOWLEDGEMENT, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
