package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Takes only what it names, and nothing by {@code META-INF/services}: no request is verified. */
@ApplicationPath("r")
public class ListingWithoutServices extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Hooks.CLASSES;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
