package org.verifiedwebhook.jpa;

import org.verifiedwebhook.secret.SecretUnavailableException;

/** A setting of the stores is missing or wrong. Its message names the setting and the cure, never the value. */
final class JpaConfigurationException extends SecretUnavailableException {

    private static final long serialVersionUID = 1L;

    JpaConfigurationException(String message) {
        super(message);
    }

    JpaConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
