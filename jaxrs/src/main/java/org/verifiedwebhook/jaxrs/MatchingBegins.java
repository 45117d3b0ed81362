package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Says that the feature is live, before sub-resource locators run. */
@PreMatching
final class MatchingBegins implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext context) {
        LiveFeature.matching(true);
    }
}
