package org.verifiedwebhook.secret;

/**
 * The secret store could not be asked, or its answer cannot be used. Not for an unknown tenant. The sender gets 503 and
 * comes again; nothing of the message is shown to it.
 */
public class SecretUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what failed and the cure; never a secret */
    public SecretUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message what failed and the cure; never a secret
     * @param cause what the store said
     */
    public SecretUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
