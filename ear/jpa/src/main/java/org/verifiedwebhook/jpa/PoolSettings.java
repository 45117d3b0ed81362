package org.verifiedwebhook.jpa;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.Settings;

/**
 * Settings for connection pools, which open connections where no component runs: while an application is deployed, for
 * instance. There {@code java:comp} does not exist, and on Payara a look-up in it fails instead of finding nothing. The
 * other places are asked then, in the order of {@link Settings}.
 */
final class PoolSettings {

    private PoolSettings() {}

    static Optional<String> find(String owner, String key) {
        try {
            return Settings.standard().find(owner, key);
        } catch (SecretUnavailableException e) {
            if (insideComponent()) {
                throw e;
            }
        }
        String path = "webhook/" + owner + "/" + key;
        String property = path.replace('/', '.');
        // The engine's own look-up, without its first place; it also refuses unresolved expressions.
        return Settings.of(Map.of())
                .precededBy(name -> Optional.ofNullable(System.getProperty(property)))
                .precededBy(name -> configured(property))
                .precededBy(name -> bound("java:global/" + path))
                .precededBy(name -> bound(path))
                .find(owner, key);
    }

    @SuppressWarnings("BanJNDI") // A constant name.
    private static boolean insideComponent() {
        try {
            return InitialContext.doLookup("java:comp/env") != null;
        } catch (NamingException e) {
            return false;
        }
    }

    @SuppressWarnings("BanJNDI") // A constant prefix and names of our own.
    private static Optional<String> bound(String name) {
        try {
            Object value = InitialContext.doLookup(name);
            return value == null || value instanceof Context ? Optional.empty() : Optional.of(value.toString());
        } catch (NamingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof NameNotFoundException || cause instanceof NoInitialContextException) {
                    return Optional.empty();
                }
            }
            throw new SecretUnavailableException("JNDI could not be asked for " + name, e);
        }
    }

    /** MicroProfile Config, which knows the environment's variables, too. */
    private static Optional<String> configured(String property) {
        try {
            return ConfigProvider.getConfig().getOptionalValue(property, String.class);
        } catch (LinkageError | IllegalStateException e) {
            return Optional.ofNullable(
                    System.getenv(property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")));
        }
    }
}
