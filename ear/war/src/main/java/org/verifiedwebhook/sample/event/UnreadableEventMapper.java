package org.verifiedwebhook.sample.event;

import jakarta.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.verifiedwebhook.sample.cxml.Cxml;

/** Answers 400, in the sender's dialect: to send the same body again would not help. */
@Provider
public class UnreadableEventMapper implements ExceptionMapper<UnreadableEventException> {

    @Override
    public Response toResponse(UnreadableEventException e) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(type(e.sender()))
                .entity(body(e.sender(), e.getMessage()))
                .build();
    }

    static String type(String sender) {
        return switch (sender) {
            case "cloudonix-voice", "signalwire" -> MediaType.APPLICATION_XML;
            default -> MediaType.APPLICATION_JSON;
        };
    }

    static String body(String sender, String message) {
        return switch (sender) {
            case "cloudonix-voice", "signalwire" -> Cxml.sorry("Bad request.").toString();
            default -> Json.createObjectBuilder().add("error", message).build().toString();
        };
    }
}
