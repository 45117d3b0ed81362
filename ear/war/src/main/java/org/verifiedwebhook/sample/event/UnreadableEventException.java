package org.verifiedwebhook.sample.event;

/** A verified body that is not the event it claims to be. Its message is constant text, fit for the caller. */
public final class UnreadableEventException extends RuntimeException {

    private final String sender;

    UnreadableEventException(String sender, String message, Throwable cause) {
        super(message, cause);
        this.sender = sender;
    }

    /** The name of the sender whose dialect the answer speaks. */
    String sender() {
        return sender;
    }
}
