package org.verifiedwebhook.jaxrs;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.ServiceUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Denies what was not admitted, and does nothing else: a server can be told to ignore the filters that JAX-RS finds by
 * {@code META-INF/services}, and then only this stands before the method.
 */
@Interceptor
@Guarded
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class AdmissionGuard {

    private static final Logger LOG = System.getLogger(AdmissionGuard.class.getName());
    private static final long RETRY_AFTER_SECONDS = 60;

    @Inject
    CurrentDelivery delivery;

    @Inject
    LiveFeature feature;

    @Inject
    VerifiedWebhookExtension extension;

    @AroundInvoke
    Object deny(InvocationContext call) throws Exception {
        Class<?> type = call.getTarget().getClass();
        Method method = call.getMethod();
        Optional<Endpoint> endpoint = Endpoint.of(type, method);
        if (endpoint.isPresent() ? !admitted(endpoint.get()) : !live()) {
            LOG.log(
                    Level.ERROR,
                    "A request that nothing verified was kept from {0}.{1}(). JAX-RS did not call the feature that"
                            + " verifies it: remove jakarta.ws.rs.loadServices=false, or register {2} in the"
                            + " Application. The sender was told to come again.",
                    method.getDeclaringClass().getName(),
                    method.getName(),
                    VerifiedWebhookFeature.class.getName());
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        }
        return call.proceed();
    }

    private boolean admitted(Endpoint endpoint) {
        try {
            return delivery.reaches(endpoint);
        } catch (ContextNotActiveException outsideOfRequest) {
            return false;
        }
    }

    /** A locator may hand out an annotated object that CDI did not make: there is no guard then but the feature. */
    private boolean live() {
        try {
            return !extension.hasSubResources() || feature.isLive();
        } catch (ContextNotActiveException outsideOfRequest) {
            return false;
        }
    }
}
