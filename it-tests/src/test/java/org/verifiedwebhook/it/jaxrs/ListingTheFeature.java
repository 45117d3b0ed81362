package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import java.util.HashSet;
import java.util.Set;
import org.verifiedwebhook.jaxrs.VerifiedWebhookFeature;

/** As its parent, but it names the feature, as the refused requests' log line says. */
@ApplicationPath("r")
public class ListingTheFeature extends ListingWithoutServices {

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(super.getClasses());
        classes.add(VerifiedWebhookFeature.class);
        return classes;
    }
}
