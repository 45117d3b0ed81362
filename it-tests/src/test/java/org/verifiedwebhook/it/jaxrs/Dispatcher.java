package org.verifiedwebhook.it.jaxrs;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a request on to a hook, in the way the query says. */
@WebServlet(urlPatterns = "/dispatch", asyncSupported = true)
public class Dispatcher extends HttpServlet {

    private static final String HOOK = "/r/on-class";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (request.getQueryString()) {
            case "FORWARD" -> request.getRequestDispatcher(HOOK).forward(request, response);
            case "INCLUDE" -> request.getRequestDispatcher(HOOK).include(request, response);
            case "ASYNC" -> request.startAsync().dispatch(HOOK);
            case "ERROR" -> response.sendError(418);
            default -> response.setStatus(400);
        }
    }
}
