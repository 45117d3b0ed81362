package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Takes back what {@link MatchingBegins} said. */
final class MatchingEnds implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext context) {
        CDI.current().select(LiveFeature.class).get().set(false);
    }
}
