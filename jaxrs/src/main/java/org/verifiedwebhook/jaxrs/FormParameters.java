package org.verifiedwebhook.jaxrs;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Finds out whether the container has parsed a form, after which its body looks empty. */
final class FormParameters {

    private FormParameters() {}

    /**
     * Whether the request has parameters that its query does not explain. JAX-RS would bind them, verified or not.
     *
     * @param body the body as it could still be read
     */
    static boolean wereReadFromBody(HttpServletRequest request, byte[] body) {
        String type = request.getContentType();
        if (body.length > 0
                || type == null
                || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            return false;
        }
        int all = 0;
        for (String[] values : request.getParameterMap().values()) {
            all += values.length;
        }
        String query = request.getQueryString();
        int inQuery = 0;
        if (query != null) {
            for (int start = 0; start <= query.length(); ) {
                int end = query.indexOf('&', start);
                end = end < 0 ? query.length() : end;
                inQuery += end > start ? 1 : 0;
                start = end + 1;
            }
        }
        return all > inQuery;
    }
}
