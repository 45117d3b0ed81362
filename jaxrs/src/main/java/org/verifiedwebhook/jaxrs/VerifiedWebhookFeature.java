package org.verifiedwebhook.jaxrs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Verifies requests to methods annotated with {@link VerifiedWebhook}.
 *
 * <p>Registers itself: by {@code META-INF/services}, because an {@code Application} with {@code getClasses()} drops what
 * is only scanned, and as a scanned provider, because an application can have services ignored. Register it by hand in
 * an {@code Application} that does both. Not final: CDI may make a proxy of a provider.
 */
@Provider
public class VerifiedWebhookFeature implements Feature {

    @Context
    HttpServletRequest request;

    /** Made by JAX-RS. */
    public VerifiedWebhookFeature() {}

    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().isRegistered(EndpointFeature.class)) {
            return false;
        }
        context.register(new EndpointFeature(request));
        context.register(new MatchingBegins(), Integer.MIN_VALUE);
        context.register(new MatchingEnds(), Integer.MIN_VALUE);
        return true;
    }
}
