package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.PublicUrl;
import org.verifiedwebhook.WebhookRequest;

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

    /**
     * Whether the head of an HTTP/1 request says in more than one way where its body ends, or whom it is for. Behind a
     * proxy that reads it another way than this server, it is another request.
     */
    public static boolean isAmbiguous(HttpServletRequest request) {
        if (!isConnectionOfItsOwn(request)) {
            return false;
        }
        List<String> encodings = lines(request, "Transfer-Encoding");
        List<String> lengths = lines(request, "Content-Length");
        boolean chunked = encodings.size() == 1
                && encodings.get(0).matches("(?i)chunked")
                && lengths.isEmpty()
                && !request.getProtocol().equals("HTTP/1.0");
        boolean counted = lengths.size() == 1 && lengths.get(0).matches("[0-9]+");
        return lines(request, "Host").size() > 1
                || (!encodings.isEmpty() && !chunked)
                || (!lengths.isEmpty() && !counted);
    }

    /** Whether the head says that there is no body. */
    public static boolean hasNoBody(HttpServletRequest request) {
        long declared = request.getContentLengthLong();
        return declared == 0
                || (declared < 0
                        && isConnectionOfItsOwn(request)
                        && lines(request, "Transfer-Encoding").isEmpty());
    }

    /** Whether a webhook filter has admitted the request, for whichever sender. */
    public static boolean isAdmitted(HttpServletRequest request) {
        return AdmittedRequest.of(request).isPresent();
    }

    /** Whether the connection carries one request at a time, so that it can be closed after this one. */
    public static boolean isConnectionOfItsOwn(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1.");
    }
}
