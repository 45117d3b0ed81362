package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** As {@link ListingWithoutServices}, for resources without a scope. */
@ApplicationPath("r")
public class ListingBareClasses extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(NoBeans.NoBean.class, NoBeans.NoBeanWithLocator.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
