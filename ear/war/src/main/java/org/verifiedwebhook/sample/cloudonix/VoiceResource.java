package org.verifiedwebhook.sample.cloudonix;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;
import org.verifiedwebhook.sample.cxml.Cxml;
import org.verifiedwebhook.sample.data.OrganisationDirectory;
import org.verifiedwebhook.sample.event.EventLog;
import org.verifiedwebhook.sample.event.EventReader;

/**
 * Tells Cloudonix what to do with a call, while the caller waits. The organisation is the one whose bearer token
 * matched; the numbers in the body are the caller's word and only look up that organisation's rows.
 */
@Path("hooks/cloudonix/voice")
@RequestScoped
@VerifiedWebhook("cloudonix-voice")
public class VoiceResource {

    @Inject
    WebhookDelivery delivery;

    @Inject
    EventReader reader;

    @Inject
    EventLog log;

    @Inject
    OrganisationDirectory directory;

    @Context
    UriInfo uri;

    /** A call came in. */
    @POST
    @Path("route")
    public Response route() {
        VoiceRequest call = read();
        return answer(call, flow().route(call.destination()));
    }

    /** A caller chose from a menu. */
    @POST
    @Path("ivr-input")
    public Response ivrInput() {
        VoiceRequest call = read();
        return answer(call, flow().chosen(call.keys()));
    }

    /** A member of a ring group did not answer, or the call with one ended. */
    @POST
    @Path("ring-group-callback")
    public Response ringGroupCallback(
            @QueryParam("group") @DefaultValue(CallFlow.DEFAULT_GROUP) String group,
            @QueryParam("member") @DefaultValue("0") String member) {
        VoiceRequest call = read();
        return answer(call, flow().nextMember(group, index(member), call.answered()));
    }

    private VoiceRequest read() {
        return reader.read(delivery, VoiceRequest.class);
    }

    private CallFlow flow() {
        String voicePath = uri.getBaseUri().getRawPath() + "hooks/cloudonix/voice/";
        return new CallFlow(directory, organisation(delivery.tenant().orElse("")), voicePath);
    }

    private Response answer(VoiceRequest call, Cxml instructions) {
        log.record(delivery, call);
        return Response.ok(instructions.toString(), MediaType.APPLICATION_XML_TYPE)
                .build();
    }

    /** The resolver names tenants by their organisation's id; any other name has no numbers. */
    static long organisation(String tenant) {
        return tenant.matches("[0-9]{1,18}") ? Long.parseLong(tenant) : -1;
    }

    /** Past every group if it is no index, so that the caller hears that nobody is available. */
    static int index(String member) {
        return member.matches("[0-9]{1,4}") ? Integer.parseInt(member) : Integer.MAX_VALUE;
    }
}
