package org.verifiedwebhook.jaxrs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.verifiedwebhook.Admission;
import org.verifiedwebhook.PublicUrl;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.servlet.AdmittedRequest;
import org.verifiedwebhook.servlet.ServletRequests;

/** Lets a request on to its endpoint only if the gate admits it, with the very bytes that were verified. */
final class RequestVerifier implements ContainerRequestFilter {

    private final Endpoint endpoint;
    private final ApplicationGate application;
    private final HttpServletRequest request;

    /** @param request stands for whatever request is current */
    RequestVerifier(Endpoint endpoint, ApplicationGate application, HttpServletRequest request) {
        this.endpoint = endpoint;
        this.application = application;
        this.request = request;
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        if (OpenDelivery.isOpen(context, endpoint)) {
            return;
        }
        Optional<AdmittedRequest> before = AdmittedRequest.of(request, endpoint.sender());
        if (before.isPresent()) {
            // The servlet filter ends the claim. What stands in the stream now is not what it verified for sure.
            letThrough(context, before.get().delivery(), before.get().body());
            return;
        }
        WebhookGate gate = application.gate();
        int max = gate.sender(endpoint.sender()).limits().maxBody();
        try {
            byte[] body = ServletRequests.readBody(context.getEntityStream(), request.getContentLengthLong(), max);
            if (FormParameters.wereReadFromBody(request, body)) {
                reject(context, Reason.BODY_CONSUMED);
            } else {
                admit(context, body);
            }
        } catch (ServletRequests.BodyException e) {
            reject(context, e.reason());
        }
    }

    private void admit(ContainerRequestContext context, byte[] body) {
        WebhookGate gate = application.gate();
        Admission admission = gate.admit(
                endpoint.sender(), ServletRequests.translate(request, publicUrl(), body), endpoint.handleCopies());
        if (admission instanceof Admission.Admitted admitted) {
            OpenDelivery.open(context, endpoint, admitted.claim());
            letThrough(context, admitted.delivery(), new ByteArrayInputStream(body));
        } else {
            context.abortWith(response(((Admission.Answered) admission).answer()));
        }
    }

    private void letThrough(ContainerRequestContext context, WebhookDelivery delivery, InputStream body) {
        if (!endpoint.accepts(delivery)) {
            OpenDelivery.releaseIn(context, endpoint);
            reject(context, Reason.REQUIREMENT_UNMET);
            return;
        }
        application.admit(delivery);
        context.setSecurityContext(new WebhookSecurityContext(delivery, context.getSecurityContext()));
        context.setEntityStream(body);
    }

    private void reject(ContainerRequestContext context, Reason reason) {
        Admission.Answered answered = application
                .gate()
                .reject(endpoint.sender(), ServletRequests.translate(request, publicUrl(), new byte[0]), reason);
        context.abortWith(response(answered.answer()));
    }

    private PublicUrl publicUrl() {
        return application.gate().publicUrl(endpoint.sender());
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        byte[] body = answer.body();
        // A refusal without any entity would be turned into the container's error page.
        if (body.length > 0 || answer.status() >= 400) {
            response.entity(body);
        }
        return response.build();
    }
}
