package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Begins a CDI request where an asynchronous dispatch lost it, as on Payara 6: no request-scoped resource could be
 * reached that way.
 */
final class AsyncScope extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<RequestContextController> scopes;

    AsyncScope() {
        this(() -> CDI.current().select(RequestContextController.class).get());
    }

    AsyncScope(Supplier<RequestContextController> scopes) {
        super();
        this.scopes = scopes;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestContextController scope = scopes.get();
        boolean begun = scope.activate();
        try {
            chain.doFilter(request, response);
        } finally {
            // Containers tell the end of the first dispatch only, and a transaction must not stay on this thread.
            ClaimKeeper.end(request);
            if (begun) {
                scope.deactivate();
            }
        }
    }
}
