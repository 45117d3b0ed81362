package org.verifiedwebhook.it.jaxrs;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Does to a request what its field {@code X-Disturb} asks for, before anything else sees it. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class DisturbingFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestDispatcher hook = request.getRequestDispatcher("/r/on-class");
        String how = request.getHeader("X-Disturb");
        switch (how == null ? "" : how) {
            case "CONSUME" -> {
                request.getParameter("any");
                chain.doFilter(request, response);
            }
            case "FORWARD" -> hook.forward(request, response);
            case "INCLUDE" -> hook.include(request, response);
            case "ASYNC" -> request.startAsync().dispatch("/r/on-class");
            case "ERROR" -> response.sendError(418);
            default -> chain.doFilter(request, response);
        }
    }
}
