package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import java.util.Map;

/** Takes only what it names, and nothing by {@code META-INF/services}: no request is verified. */
@ApplicationPath("r")
public class ListingWithoutServices extends Listing {

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
