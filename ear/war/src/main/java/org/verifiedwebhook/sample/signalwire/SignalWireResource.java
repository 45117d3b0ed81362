package org.verifiedwebhook.sample.signalwire;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;
import org.verifiedwebhook.sample.cxml.Cxml;
import org.verifiedwebhook.sample.cxml.Verb;
import org.verifiedwebhook.sample.event.EventLog;
import org.verifiedwebhook.sample.event.EventReader;
import org.verifiedwebhook.sample.event.UnknownEvent;

/** Answers SignalWire's calls and messages with cXML. */
@Path("hooks/signalwire")
@RequestScoped
@VerifiedWebhook("signalwire")
public class SignalWireResource {

    @Inject
    WebhookDelivery delivery;

    @Inject
    EventReader reader;

    @Inject
    EventLog log;

    /** Everything is in the query, which is signed as part of the URL. */
    @GET
    public Response get(@Context UriInfo uri) {
        String query = uri.getRequestUri().getRawQuery();
        return answer(event(Form.parse(query == null ? "" : query)));
    }

    /** Everything is in the body: a form, or JSON, which has no types of its own here. */
    @POST
    public Response post(@HeaderParam("Content-Type") @DefaultValue("") String type) {
        if (type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return answer(reader.readUnknown(delivery));
        }
        return answer(event(Form.parse(new String(delivery.rawBody(), StandardCharsets.UTF_8))));
    }

    private Response answer(Object event) {
        log.record(delivery, event);
        return Response.ok(instructions(event).toString(), MediaType.APPLICATION_XML_TYPE)
                .build();
    }

    static Object event(Form form) {
        Optional<?> event = VoiceCall.of(form);
        event = event.isPresent() ? event : TextMessage.of(form);
        return event.isPresent() ? event.get() : new UnknownEvent(Optional.empty());
    }

    /** Speaks to a new call, replies to a new message, and has nothing to say to a report. */
    static Cxml instructions(Object event) {
        if (event instanceof VoiceCall call
                && call.callStatus().orElse("ringing").equals("ringing")) {
            return Cxml.of(Verb.say("Thank you for calling. This call was verified. Goodbye."), Verb.hangup());
        }
        if (event instanceof TextMessage message && message.body().isPresent()) {
            return Cxml.of(Verb.message("Thank you. This message was verified."));
        }
        return Cxml.of();
    }
}
