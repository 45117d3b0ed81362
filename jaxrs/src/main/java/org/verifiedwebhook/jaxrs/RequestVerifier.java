package org.verifiedwebhook.jaxrs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import org.verifiedwebhook.Admission;
import org.verifiedwebhook.PublicUrl;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookRequest;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.servlet.AdmittedRequest;
import org.verifiedwebhook.servlet.BodyReading;
import org.verifiedwebhook.servlet.CountedRequest;
import org.verifiedwebhook.servlet.ReceivedBody;
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
    public void filter(ContainerRequestContext context) {
        if (OpenDelivery.isOpen(context, endpoint)) {
            return;
        }
        Optional<AdmittedRequest> before = AdmittedRequest.of(request, endpoint.sender());
        if (before.isPresent()) {
            // The servlet filter ends the claim. What stands in the stream now is not what it verified for sure.
            letThrough(context, before.get().delivery(), before.get().body());
            return;
        }
        if (ServletRequests.isAmbiguous(request)) {
            answer(context, application.gate().reject(endpoint.sender(), head(), Reason.FRAMING_AMBIGUOUS), true);
            return;
        }
        Optional<ReceivedBody> received = ReceivedBody.of(request);
        Optional<Admission.Answered> limited = CountedRequest.refusal(application.gate(), endpoint.sender(), request);
        if (limited.isPresent()) {
            received.ifPresent(ReceivedBody::handled);
            answer(context, limited.get(), isUnread(received));
            return;
        }
        ReceivedBody body = received.orElseGet(() -> receive(context));
        boolean open = false;
        try {
            open = decide(context, body);
        } finally {
            if (!open) {
                body.handled();
            }
        }
    }

    private boolean isUnread(Optional<ReceivedBody> received) {
        return received.map(body -> body.reason().isPresent()).orElseGet(() -> !ServletRequests.hasNoBody(request));
    }

    /** Where nothing has received the body before, in a dispatch for instance. */
    private ReceivedBody receive(ContainerRequestContext context) {
        WebhookGate gate = application.gate();
        int max = gate.sender(endpoint.sender()).limits().maxBody();
        return application
                .reading(request.getServletContext())
                .receiveHere(
                        request,
                        context.getEntityStream(),
                        new BodyReading.Bounds(max, gate.readWithin(endpoint.sender())));
    }

    /** Whether there is a delivery now, whose end gives the body's memory back. */
    private boolean decide(ContainerRequestContext context, ReceivedBody body) {
        if (body.reason().isPresent()) {
            reject(context, body.reason().get(), true);
            return false;
        }
        if (FormParameters.wereReadFromBody(request, body.bytes())) {
            reject(context, Reason.BODY_CONSUMED, false);
            return false;
        }
        Admission admission = application
                .gate()
                .admitCounted(
                        endpoint.sender(),
                        ServletRequests.translate(request, publicUrl(), body.bytes()),
                        endpoint.handleCopies());
        if (admission instanceof Admission.Admitted admitted) {
            OpenDelivery.open(context, endpoint, admitted.claim(), body::handled);
            letThrough(context, admitted.delivery(), new ByteArrayInputStream(body.bytes()));
            return true;
        }
        context.abortWith(response(((Admission.Answered) admission).answer()).build());
        return false;
    }

    private void letThrough(ContainerRequestContext context, WebhookDelivery delivery, InputStream body) {
        if (!endpoint.accepts(delivery)) {
            OpenDelivery.releaseIn(context, endpoint);
            reject(context, Reason.REQUIREMENT_UNMET, false);
            return;
        }
        application.admit(delivery);
        context.setSecurityContext(new WebhookSecurityContext(delivery, context.getSecurityContext()));
        context.setEntityStream(body);
    }

    /** @param unread whether something of the request may still be on its way, not worth waiting for */
    private void reject(ContainerRequestContext context, Reason reason, boolean unread) {
        answer(context, application.gate().rejectCounted(endpoint.sender(), head(), reason), unread);
    }

    private void answer(ContainerRequestContext context, Admission.Answered answered, boolean unread) {
        Response.ResponseBuilder response = response(answered.answer());
        if (unread && ServletRequests.isConnectionOfItsOwn(request)) {
            response.header("Connection", "close");
        }
        context.abortWith(response.build());
    }

    private WebhookRequest head() {
        return ServletRequests.translate(request, publicUrl(), new byte[0]);
    }

    private PublicUrl publicUrl() {
        return application.gate().publicUrl(endpoint.sender());
    }

    private static Response.ResponseBuilder response(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        byte[] body = answer.body();
        // A refusal without any entity would be turned into the container's error page.
        if (body.length > 0 || answer.status() >= 400) {
            response.entity(body);
        }
        return response;
    }
}
