package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Takes only what it names, so no scanned provider. */
@ApplicationPath("r")
public class Listing extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                Reached.class,
                StatelessHook.class,
                Hooks.OnClass.class,
                Hooks.OnMethod.class,
                Hooks.OnInterface.class,
                Hooks.OnGenericInterface.class,
                Hooks.OnSuperclass.class,
                Hooks.MethodOverClass.class,
                Hooks.Root.class);
    }
}
