package org.verifiedwebhook.jaxrs;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.servlet.BodyReading;
import org.verifiedwebhook.servlet.CountedRequest;
import org.verifiedwebhook.servlet.PrereadRequest;
import org.verifiedwebhook.servlet.ReceivedBody;
import org.verifiedwebhook.servlet.ServletRequests;

/**
 * Receives the bodies of requests to endpoints before JAX-RS would wait for them on a thread, and leaves them to
 * {@link RequestVerifier}. Verifies nothing, and refuses nothing; but what will be refused because its address sends too
 * many requests is handed on without its body.
 */
final class BodyPrereader extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient EndpointPaths paths;
    private transient WebhookGate gate;
    private transient BodyReading reading;

    BodyPrereader(EndpointPaths paths) {
        super();
        this.paths = paths;
    }

    @Override
    public void init() {
        if (getServletContext().getAttribute(WebhookGate.class.getName()) instanceof WebhookGate shared) {
            gate = shared;
            reading = BodyReading.in(getServletContext(), gate);
        }
    }

    @Override
    public void destroy() {
        if (reading != null) {
            reading.release(getServletContext());
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> senders = gate == null ? List.of() : paths.sendersAt(request.getMethod(), path(request));
        if (senders.isEmpty() || ServletRequests.isAdmitted(request) || ServletRequests.isAmbiguous(request)) {
            chain.doFilter(request, response);
        } else if (tooMany(senders, request)) {
            BodyReading.leaveUnread(request, response, chain, BodyPrereader::handOn);
        } else {
            reading.receive(request, response, chain, bounds(senders), BodyPrereader::handOn);
        }
    }

    /** Where several senders may be meant nobody is counted: {@link RequestVerifier} will know who it is. */
    private boolean tooMany(List<String> senders, HttpServletRequest request) {
        return senders.size() == 1
                ? CountedRequest.refusal(gate, senders.get(0), request).isPresent()
                : senders.stream().allMatch(sender -> CountedRequest.wouldBeRefused(gate, sender, request));
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? request.getServletPath() : request.getPathInfo();
    }

    /** The widest of all who might be meant: each one's own limit is checked once more. */
    private BodyReading.Bounds bounds(List<String> senders) {
        int max = 0;
        Duration within = Duration.ZERO;
        for (String sender : senders) {
            max = Math.max(max, gate.sender(sender).limits().maxBody());
            Duration own = gate.readWithin(sender);
            within = own.compareTo(within) > 0 ? own : within;
        }
        return new BodyReading.Bounds(max, within);
    }

    private static void handOn(
            ReceivedBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (body.isUntouched()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(new PrereadRequest(request, body, response), response);
        } finally {
            // Containers tell a listener of the first dispatch only, which may have put the request aside.
            ClaimKeeper.end(request);
        }
    }
}
