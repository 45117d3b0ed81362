package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Takes back what {@link MatchingBegins} said. */
final class MatchingEnds implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext context) {
        LiveFeature.matching(false);
    }
}
