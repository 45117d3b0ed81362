package org.verifiedwebhook.sample.chaindoc;

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

/** Receives Chaindoc's events in the contract of 2026, an endpoint of its own so that neither falls back to the other. */
@Path("hooks/chaindoc-v2")
@RequestScoped
@VerifiedWebhook("chaindoc-v2")
public class ChaindocV2Resource {

    @Inject
    WebhookDelivery delivery;

    @Inject
    EventReader reader;

    @Inject
    EventLog log;

    /** One envelope for every type, so none is unknown. */
    @POST
    public Response receive() {
        log.record(delivery, reader.read(delivery, ChaindocEnvelope.class));
        return Response.ok(ChaindocResource.ACKNOWLEDGEMENT, MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
