package org.verifiedwebhook.jaxrs;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.verifiedwebhook.WebhookRequest;

/** Translates servlet requests. */
final class Requests {

    private Requests() {}

    /** The request as the engine sees it. */
    static WebhookRequest translate(HttpServletRequest request, byte[] body) {
        String query = request.getQueryString();
        WebhookRequest.Builder builder = WebhookRequest.of(
                        request.getMethod(), request.getRequestURL() + (query == null ? "" : "?" + query))
                .address(request.getRemoteAddr())
                .body(body);
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                builder.header(name, value);
            }
        }
        return builder.build();
    }
}
