package org.verifiedwebhook.it.contract;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.verifiedwebhook.servlet.WebhookFilter;

/** Behind the servlet filter. */
@WebServlet("/hooks/*")
public class EchoServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String form = request.getParameter("From") == null ? "" : " from=" + request.getParameter("From");
        String echo = Echo.handle(
                WebhookFilter.delivery(request), request.getInputStream().readAllBytes(), request.getUserPrincipal());
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(echo + form);
    }
}
