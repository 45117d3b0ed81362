package org.verifiedwebhook.secret;

import java.util.Optional;

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
}
