package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Takes only what it names, so no scanned provider. */
@ApplicationPath("r")
public class Listing extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Hooks.CLASSES;
    }
}
