package org.verifiedwebhook.jaxrs;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.PublicUrl;
import org.verifiedwebhook.WebhookRequest;

/** Translates servlet requests. */
final class Requests {

    private Requests() {}

    /** The request as the engine sees it. */
    static WebhookRequest translate(HttpServletRequest request, PublicUrl publicUrl, byte[] body) {
        Object forwarded = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        boolean original = forwarded == null;
        PublicUrl.Called called = publicUrl.of(new PublicUrl.Seen(
                request.getScheme(),
                Optional.ofNullable(request.getHeader("Host"))
                        .orElseGet(() -> request.getServerName() + ":" + request.getServerPort()),
                original ? request.getRequestURI() : forwarded.toString(),
                Optional.ofNullable(
                        original
                                ? request.getQueryString()
                                : (String) request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING)),
                request.getRemoteAddr(),
                lines(request, "X-Forwarded-Proto"),
                lines(request, "X-Forwarded-Host"),
                lines(request, "X-Forwarded-For")));
        WebhookRequest.Builder builder = WebhookRequest.of(request.getMethod(), called.url())
                .address(called.address())
                .secure(called.secure())
                .body(body);
        for (String name : Collections.list(request.getHeaderNames())) {
            lines(request, name).forEach(line -> builder.header(name, line));
        }
        return builder.build();
    }

    private static List<String> lines(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }
}
