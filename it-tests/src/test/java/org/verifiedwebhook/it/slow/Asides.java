package org.verifiedwebhook.it.slow;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests that come round again. */
@WebFilter(urlPatterns = "/*", dispatcherTypes = DispatcherType.ASYNC, asyncSupported = true)
public class Asides extends HttpFilter {

    static final AtomicInteger COUNT = new AtomicInteger();
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        COUNT.incrementAndGet();
        chain.doFilter(request, response);
    }
}
