package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.verifiedwebhook.delivery.Answer;

/**
 * Ends the claim with the resource's answer before any of it leaves: nothing is acknowledged that is not recorded.
 * {@link ClaimKeeper} ends it where JAX-RS comes by neither method.
 */
final class AnswerRecorder implements ContainerResponseFilter, WriterInterceptor {

    /** Answers to webhooks are short; of a longer one only the status is kept, unless it must wait for a commit. */
    private static final int MAX_RECORDED = 1 << 17;

    private final Endpoint endpoint;

    AnswerRecorder(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        OpenDelivery open = OpenDelivery.of(request::getProperty, endpoint);
        if (open == null) {
            return;
        }
        int status = response.getStatus();
        if (!Answer.of(status, Map.of(), new byte[0]).acknowledges()) {
            open.complete(status, Map.of(), new byte[0]);
        } else if (response.hasEntity()) {
            open.awaitEntity(response);
        } else {
            Answer answer = open.complete(status, Map.of(), new byte[0]);
            if (answer.status() != status) {
                replaceHead(response, answer);
                response.setEntity(answer.body(), null, mediaType(answer));
            }
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        OpenDelivery open = OpenDelivery.of(context::getProperty, endpoint);
        if (open == null || open.response() == null) {
            context.proceed();
            return;
        }
        OutputStream out = context.getOutputStream();
        int status = open.response().getStatus();
        Map<String, String> type = context.getMediaType() == null
                ? Map.of()
                : Map.of(HttpHeaders.CONTENT_TYPE, context.getMediaType().toString());
        HeldOutput held = new HeldOutput(out, open.holdsTransaction() ? Integer.MAX_VALUE : MAX_RECORDED, body -> {
            Answer answer = body.map(b -> open.complete(status, type, b))
                    .orElseGet(() -> open.complete(status, Map.of(), new byte[0]));
            if (answer.status() == status) {
                return null;
            }
            // Nothing is committed yet: the runtime writes the head with the first byte.
            replaceHead(open.response(), answer);
            return answer.body();
        });
        context.setOutputStream(held);
        try {
            context.proceed();
            held.let();
        } finally {
            context.setOutputStream(out);
            // What is written after a failure is the runtime's answer to that, and has a status of its own.
            open.awaitEntity(null);
            open.release();
        }
    }

    private static void replaceHead(ContainerResponseContext response, Answer answer) {
        response.setStatus(answer.status());
        response.getHeaders().clear();
        answer.headers().forEach(response.getHeaders()::putSingle);
    }

    private static MediaType mediaType(Answer answer) {
        String type = answer.headers().get(HttpHeaders.CONTENT_TYPE);
        return type == null ? MediaType.APPLICATION_OCTET_STREAM_TYPE : MediaType.valueOf(type);
    }
}
