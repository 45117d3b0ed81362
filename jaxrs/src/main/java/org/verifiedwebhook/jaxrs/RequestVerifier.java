package org.verifiedwebhook.jaxrs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.verifiedwebhook.Admission;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookRequest;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.Reason;

/** Lets a request on to its endpoint only if the gate admits it, with the very bytes that were verified. */
final class RequestVerifier implements ContainerRequestFilter {

    private static final Logger LOG = System.getLogger(RequestVerifier.class.getName());

    private final Endpoint endpoint;
    private final ApplicationGate application;
    private final HttpServletRequest request;

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
        WebhookGate gate = application.gate();
        int max = gate.sender(endpoint.sender()).limits().maxBody();
        long declared = request.getContentLengthLong();
        if (declared > max) {
            reject(context, gate, Reason.BODY_TOO_LARGE);
            return;
        }
        byte[] body = context.getEntityStream().readNBytes(Math.min(max, Integer.MAX_VALUE - 1) + 1);
        if (body.length > max) {
            reject(context, gate, Reason.BODY_TOO_LARGE);
        } else if (body.length < declared || Parameters.wereReadFromBody(request, body)) {
            LOG.log(
                    Level.ERROR,
                    "The body of a request to {0} was read before it could be verified: put nothing that reads"
                            + " parameters or the body in front of it. The sender was told to come again.",
                    endpoint.where());
            reject(context, gate, Reason.BODY_CONSUMED);
        } else {
            admit(context, gate, body);
        }
    }

    private void admit(ContainerRequestContext context, WebhookGate gate, byte[] body) {
        Admission admission = gate.admit(endpoint.sender(), translate(gate, body), endpoint.handleCopies());
        if (admission instanceof Admission.Admitted admitted) {
            if (admitted.delivery().assurance().compareTo(endpoint.accept()) > 0) {
                admitted.claim().release();
                reject(context, gate, Reason.REQUIREMENT_UNMET);
                return;
            }
            OpenDelivery.open(context, endpoint, admitted.claim());
            application.admit(admitted.delivery());
            context.setSecurityContext(WebhookPrincipal.of(admitted.delivery()).in(context.getSecurityContext()));
            context.setEntityStream(new ByteArrayInputStream(body));
        } else {
            context.abortWith(response(((Admission.Answered) admission).answer()));
        }
    }

    private void reject(ContainerRequestContext context, WebhookGate gate, Reason reason) {
        WebhookRequest head = translate(gate, new byte[0]);
        context.abortWith(response(gate.reject(endpoint.sender(), head, reason).answer()));
    }

    private WebhookRequest translate(WebhookGate gate, byte[] body) {
        return Requests.translate(request, gate.publicUrl(endpoint.sender()), body);
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
