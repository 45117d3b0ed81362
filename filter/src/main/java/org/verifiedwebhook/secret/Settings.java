package org.verifiedwebhook.secret;

import java.util.Optional;

/** Finds settings. */
public final class Settings {
    private Settings() {}

    /** JNDI, MicroProfile Config, system properties, environment. */
    public static Settings standard() {
        return new Settings();
    }

    /** The setting {@code key} of {@code sender}. */
    public Optional<String> find(String sender, String key) {
        throw new UnsupportedOperationException();
    }
}
