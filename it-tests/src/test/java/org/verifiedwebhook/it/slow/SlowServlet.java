package org.verifiedwebhook.it.slow;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells how long its body is: behind a webhook filter at one path, as naively as it gets at the other. */
@WebServlet(
        urlPatterns = {"/servlet/*", "/naive"},
        asyncSupported = true)
public class SlowServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int length = request.getInputStream().readAllBytes().length;
        response.getWriter().print(length);
    }
}
