package org.verifiedwebhook.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes up the requests that were put aside while their bodies arrived: the first filter of every asynchronous dispatch,
 * so that nothing behind it is reached unverified, however the doorway itself is mapped.
 */
final class ResumeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        BodyReader reader = BodyReader.of(request);
        FilterChain next = reader == null
                ? chain
                : (q, s) -> reader.resume((HttpServletRequest) q, (HttpServletResponse) s, chain);
        if (getServletContext().getAttribute(BodyReading.AROUND) instanceof Filter around) {
            around.doFilter(request, response, next);
        } else {
            next.doFilter(request, response);
        }
    }
}
