package org.verifiedwebhook.delivery;

/** The delivery store could not do what was asked. The sender gets 503 and comes again. */
public class DeliveryStoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what failed and the cure */
    public DeliveryStoreUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message what failed and the cure
     * @param cause what the store said
     */
    public DeliveryStoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
