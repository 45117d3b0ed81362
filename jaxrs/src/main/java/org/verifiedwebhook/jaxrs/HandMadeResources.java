package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.core.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.Set;

/** Finds resources that an {@code Application} makes itself: CDI knows their classes, but guards none of its objects. */
final class HandMadeResources {

    private static final Logger LOG = System.getLogger(HandMadeResources.class.getName());

    private HandMadeResources() {}

    /** Adds the endpoints that {@code type} hands out ready-made, if it is an {@code Application}. */
    static void addTo(DeploymentFaults faults, Class<?> type) {
        if (!Application.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
            return;
        }
        for (Object singleton : singletons(type)) {
            if (!Endpoint.in(singleton.getClass()).isEmpty()) {
                faults.add(type.getName() + ".getSingletons() makes a "
                        + singleton.getClass().getName()
                        + " itself, so that nothing would keep unverified requests from it where JAX-RS ignores this"
                        + " library: name the class in getClasses()");
            }
        }
    }

    @SuppressWarnings("deprecation") // As long as servers ask for it, so do we.
    private static Set<Object> singletons(Class<?> type) {
        try {
            if (type.getMethod("getSingletons").getDeclaringClass() == Application.class) {
                return Set.of();
            }
            Application application =
                    (Application) type.getDeclaredConstructor().newInstance();
            Set<Object> singletons = application.getSingletons();
            return singletons == null ? Set.of() : singletons;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, () -> "could not ask " + type.getName() + " for its singletons", e);
            return Set.of();
        }
    }
}
