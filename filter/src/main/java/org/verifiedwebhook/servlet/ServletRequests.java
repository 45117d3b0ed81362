package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.PublicUrl;
import org.verifiedwebhook.WebhookRequest;
import org.verifiedwebhook.sender.Reason;

/** Translates what a servlet container knows of a request into what the gate reads. Decodes nothing. */
public final class ServletRequests {

    /** Where containers keep the path and the query of the request that a dispatch began with. */
    private record Original(String path, Optional<String> query) {}

    private static final List<Original> ORIGINALS = List.of(
            new Original(RequestDispatcher.FORWARD_REQUEST_URI, Optional.of(RequestDispatcher.FORWARD_QUERY_STRING)),
            new Original(AsyncContext.ASYNC_REQUEST_URI, Optional.of(AsyncContext.ASYNC_QUERY_STRING)),
            new Original(RequestDispatcher.ERROR_REQUEST_URI, Optional.empty()));

    private ServletRequests() {}

    /**
     * The request as its sender made it, whatever the application's dispatches made of it.
     *
     * @param publicUrl what works out the URL the sender called
     * @param body the body's bytes; not copied
     */
    public static WebhookRequest translate(HttpServletRequest request, PublicUrl publicUrl, byte[] body) {
        PublicUrl.Called called = publicUrl.of(seen(request));
        WebhookRequest.Builder builder = WebhookRequest.of(request.getMethod(), called.url())
                .address(called.address())
                .secure(called.secure())
                .body(body);
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String line : lines(request, name)) {
                builder.header(name, line);
            }
        }
        return builder.build();
    }

    private static PublicUrl.Seen seen(HttpServletRequest request) {
        String path = request.getRequestURI();
        Optional<String> query = Optional.ofNullable(request.getQueryString());
        for (Original original : ORIGINALS) {
            if (request.getAttribute(original.path()) instanceof String uri) {
                path = uri;
                query = original.query().isEmpty()
                        ? query
                        : Optional.ofNullable(
                                (String) request.getAttribute(original.query().get()));
                break;
            }
        }
        return new PublicUrl.Seen(
                request.getScheme(),
                host(request),
                path,
                query,
                request.getRemoteAddr(),
                lines(request, "X-Forwarded-Proto"),
                lines(request, "X-Forwarded-Host"),
                lines(request, "X-Forwarded-For"));
    }

    private static String host(HttpServletRequest request) {
        List<String> lines = lines(request, "Host");
        return lines.size() == 1 && !lines.get(0).isEmpty()
                ? lines.get(0)
                : request.getServerName() + ":" + request.getServerPort();
    }

    private static List<String> lines(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    /** The body cannot be verified, because it cannot be had whole. */
    public static final class BodyException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        BodyException(Reason reason, Throwable cause) {
            super(reason.key(), cause);
            this.reason = reason;
        }

        /** Why. */
        public Reason reason() {
            return reason;
        }
    }

    /**
     * Reads a body, and not a byte more than it may have.
     *
     * @param in the stream, untouched; not closed
     * @param declared the declared length; negative if unknown
     * @param max the most bytes the body may have
     * @throws BodyException if it is longer, or ends early
     */
    public static byte[] readBody(InputStream in, long declared, int max) throws BodyException {
        if (declared > max) {
            throw new BodyException(Reason.BODY_TOO_LARGE, null);
        }
        byte[] body;
        boolean more;
        try {
            body = in.readNBytes(declared >= 0 ? (int) declared : max);
            more = declared < 0 && body.length == max && in.read() >= 0;
        } catch (IOException e) {
            throw new BodyException(Reason.BODY_TRUNCATED, e);
        }
        if (more) {
            throw new BodyException(Reason.BODY_TOO_LARGE, null);
        }
        // Nothing at all means that somebody else has read it, which the gate tells apart.
        if (declared > 0 && body.length > 0 && body.length < declared) {
            throw new BodyException(Reason.BODY_TRUNCATED, null);
        }
        return body;
    }
}
