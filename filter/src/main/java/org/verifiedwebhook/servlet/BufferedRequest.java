package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** A request whose body has been verified. */
final class BufferedRequest extends ReplayedRequest {

    /** What an asynchronous handler's end ends. */
    interface Ending {

        /** Throws {@link IllegalStateException} if the handler must stay synchronous. */
        default void beforeStart() {}

        /** Listens for the end. */
        void onStart(AsyncContext context);
    }

    private final CapturedResponse response;
    private final Ending ending;
    private final Principal principal;

    BufferedRequest(HttpServletRequest request, AdmittedRequest admitted, CapturedResponse response, Ending ending) {
        super(request, admitted.bytes());
        this.response = response;
        this.ending = ending;
        this.principal = WebhookPrincipal.of(admitted.delivery()).orElse(null);
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    /** With the wrapped request and response, so that an asynchronous handler reads verified bytes, too. */
    @Override
    ServletResponse response() {
        return response;
    }

    @Override
    public AsyncContext startAsync(ServletRequest asyncRequest, ServletResponse asyncResponse) {
        ending.beforeStart();
        return super.startAsync(asyncRequest, asyncResponse);
    }

    @Override
    void started(AsyncContext context) {
        ending.onStart(context);
        response.passThrough();
    }
}
