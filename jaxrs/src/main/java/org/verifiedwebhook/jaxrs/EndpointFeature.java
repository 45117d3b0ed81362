package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts our filters before and after each endpoint; other methods pay nothing. */
final class EndpointFeature implements DynamicFeature {

    /** Response filters run from high to low: the last one sees the answer as it will be. */
    private static final int LAST_RESPONSE_FILTER = Integer.MIN_VALUE;
    /** Interceptors nest from low to high: the innermost sees the entity before any compression. */
    private static final int INNERMOST_INTERCEPTOR = Integer.MAX_VALUE;

    private final HttpServletRequest request;

    /** @param request stands for whatever request is current */
    EndpointFeature(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Optional<Endpoint> found = Endpoint.of(resource.getResourceClass(), resource.getResourceMethod());
        if (found.isEmpty()) {
            return;
        }
        Endpoint endpoint = found.get();
        ApplicationGate application =
                CDI.current().select(ApplicationGate.class).get();
        // The extension has checked what CDI knows; a sub-resource made by hand is met here first.
        DeploymentFaults faults = new DeploymentFaults();
        faults.check(List.of(endpoint), application.gate());
        faults.throwIfAny();
        application.checkSynchronous(List.of(endpoint));
        context.register(new RequestVerifier(endpoint, application, request), Priorities.AUTHENTICATION);
        context.register(
                new AnswerRecorder(endpoint),
                Map.of(
                        ContainerResponseFilter.class, LAST_RESPONSE_FILTER,
                        WriterInterceptor.class, INNERMOST_INTERCEPTOR));
    }
}
