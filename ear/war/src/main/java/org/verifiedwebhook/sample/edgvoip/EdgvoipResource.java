package org.verifiedwebhook.sample.edgvoip;

import static org.verifiedwebhook.sample.event.EventTypes.envelope;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
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

/** Receives EDGVoIP's events. */
@Path("hooks/edgvoip")
@RequestScoped
@VerifiedWebhook("edgvoip")
public class EdgvoipResource {

    static final EventTypes TYPES = new EventTypes(Map.of(
            "call.start", envelope(EdgvoipEvent.class, CallStart.class),
            "call.ringing", envelope(EdgvoipEvent.class, CallRinging.class),
            "call.answered", envelope(EdgvoipEvent.class, CallAnswered.class),
            "call.ended", envelope(EdgvoipEvent.class, CallEnded.class),
            "trunk.status", envelope(EdgvoipEvent.class, TrunkStatus.class),
            "extension.status", envelope(EdgvoipEvent.class, ExtensionStatus.class)));

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
        return Response.ok(acknowledgement(delivery), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** The guide's answer; without {@code request_id} where the request had none, as in its sample. */
    static String acknowledgement(WebhookDelivery delivery) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("success", true).add("message", "Webhook received and verified");
        delivery.id().ifPresent(id -> json.add("request_id", id));
        return json.build().toString();
    }
}
