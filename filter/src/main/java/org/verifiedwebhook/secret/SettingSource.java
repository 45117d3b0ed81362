package org.verifiedwebhook.secret;

import java.util.Optional;
import java.util.Set;

/** One place where settings may stand. */
@FunctionalInterface
public interface SettingSource {

    /**
     * The value under {@code name}.
     *
     * @return empty if there is none here
     * @throws SecretUnavailableException if this place could not be asked, or what it holds cannot be meant
     */
    Optional<String> find(SettingName name);

    /**
     * The keys of an owner's settings that stand here, written as in JNDI: {@code tenants/acme/secret}.
     *
     * @return empty if this place cannot say what it has
     */
    default Set<String> keysOf(String owner) {
        return Set.of();
    }
}
