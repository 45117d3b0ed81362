package org.verifiedwebhook.sample.zorio;

import static org.verifiedwebhook.sample.event.EventTypes.envelope;

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

/** Receives Zorio's events. */
@Path("hooks/zorio")
@RequestScoped
@VerifiedWebhook("zorio")
public class ZorioResource {

    static final String ACKNOWLEDGEMENT = "OK";

    static final EventTypes TYPES = new EventTypes(Map.of(
            "pbx.call.hangup", envelope(ZorioEvent.class, CallHangup.class),
            "telesales.lead.updated", envelope(ZorioEvent.class, LeadUpdated.class)));

    @Inject
    WebhookDelivery delivery;

    @Inject
    EventReader reader;

    @Inject
    EventLog log;

    /** Acknowledges once the event is recorded, not before. */
    @POST
    public Response receive() {
        log.record(delivery, reader.read(delivery, TYPES));
        return Response.ok(ACKNOWLEDGEMENT, MediaType.TEXT_PLAIN_TYPE).build();
    }
}
