package org.verifiedwebhook.jaxrs;

import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.delivery.Answer;

/**
 * A claim that this request must end. Kept in an attribute of the request, one for each endpoint, since a resource may
 * forward to another.
 */
final class OpenDelivery {

    private static final String ATTRIBUTE = OpenDelivery.class.getName() + ":";

    private final ContainerRequestContext request;
    private final DeliveryClaim claim;
    private final Runnable ended;
    private volatile ContainerResponseContext response;

    private OpenDelivery(ContainerRequestContext request, DeliveryClaim claim, Runnable ended) {
        this.request = request;
        this.claim = claim;
        this.ended = ended;
    }

    /**
     * Opens the claim of a request to {@code endpoint}.
     *
     * @param ended run when the claim is ended; more than once does no harm
     */
    static void open(ContainerRequestContext request, Endpoint endpoint, DeliveryClaim claim, Runnable ended) {
        request.setProperty(attribute(endpoint), new OpenDelivery(request, claim, ended));
    }

    /** Whether this very request was let through to {@code endpoint} before: our filter may be registered twice. */
    static boolean isOpen(ContainerRequestContext request, Endpoint endpoint) {
        OpenDelivery open = of(request::getProperty, endpoint);
        return open != null && open.request == request;
    }

    /** Gives back what is open for {@code endpoint}, if anything is. */
    static void releaseIn(ContainerRequestContext request, Endpoint endpoint) {
        OpenDelivery open = of(request::getProperty, endpoint);
        if (open != null) {
            open.release();
        }
    }

    /** What is open for {@code endpoint}; null if nothing is. */
    static OpenDelivery of(Function<String, Object> properties, Endpoint endpoint) {
        return properties.apply(attribute(endpoint)) instanceof OpenDelivery open ? open : null;
    }

    /** All that a request opened, ended or not. */
    static List<OpenDelivery> in(ServletRequest request) {
        List<OpenDelivery> found = new ArrayList<>(1);
        for (String name : Collections.list(request.getAttributeNames())) {
            if (name.startsWith(ATTRIBUTE) && request.getAttribute(name) instanceof OpenDelivery open) {
                found.add(open);
            }
        }
        return found;
    }

    private static String attribute(Endpoint endpoint) {
        return ATTRIBUTE + endpoint.method().toGenericString() + "@"
                + endpoint.type().getName();
    }

    /** The response whose entity is still to be written; null if there is none. */
    ContainerResponseContext response() {
        return response;
    }

    /** Keeps the response until its entity is written. */
    void awaitEntity(ContainerResponseContext awaited) {
        this.response = awaited;
    }

    /** Whether it holds a transaction of this thread, so that nobody can end it later. */
    boolean holdsTransaction() {
        return claim.holdsTransaction();
    }

    /** Ends the claim with the answer, before it is sent; does nothing after the first end. */
    Answer complete(int status, Map<String, String> headers, byte[] body) {
        ended.run();
        return claim.complete(Answer.of(status, headers, body));
    }

    /** Gives the claim back; does nothing after the first end. */
    void release() {
        ended.run();
        claim.release();
    }
}
