package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request that was put aside, for those behind: they meet it for the first time, whatever dispatch this is. */
final class ResumedRequest extends HttpServletRequestWrapper {

    private volatile boolean started;

    ResumedRequest(HttpServletRequest request) {
        super(request);
    }

    /** Whether the handler has become asynchronous by itself. */
    boolean hasStarted() {
        return started;
    }

    @Override
    public DispatcherType getDispatcherType() {
        DispatcherType real = super.getDispatcherType();
        return real == DispatcherType.ASYNC && !started ? DispatcherType.REQUEST : real;
    }

    @Override
    public AsyncContext startAsync() {
        AsyncContext context = super.startAsync();
        started = true;
        return context;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        started = true;
        return context;
    }
}
