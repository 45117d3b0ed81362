package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.verifiedwebhook.jaxrs.VerifiedWebhookFeature;

/** As {@link ListingWithoutServices}, but it names the feature, as the log tells to. */
@ApplicationPath("r")
public class ListingTheFeature extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Hooks.CLASSES);
        classes.add(VerifiedWebhookFeature.class);
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
