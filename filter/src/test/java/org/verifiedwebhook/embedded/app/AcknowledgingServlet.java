package org.verifiedwebhook.embedded.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.verifiedwebhook.servlet.WebhookFilter;

/** Acknowledges what was admitted, under any path. */
public final class AcknowledgingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(WebhookFilter.delivery(request).sender());
    }
}
