package org.verifiedwebhook.jpa;

import java.util.Optional;
import org.verifiedwebhook.secret.Settings;

/** The settings {@code webhook/jpa/<key>}. */
@FunctionalInterface
interface JpaSettings {

    /** The setting, if there is one. Looked up anew each time: a rotated key counts at once. */
    Optional<String> find(String key);

    /** Those of the server. */
    static JpaSettings standard() {
        return key -> Settings.standard().find("jpa", key);
    }
}
