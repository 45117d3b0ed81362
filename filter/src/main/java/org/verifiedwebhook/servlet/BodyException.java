package org.verifiedwebhook.servlet;

import org.verifiedwebhook.sender.Reason;

/** The body cannot be verified, because it cannot be had whole. */
final class BodyException extends Exception {

    private static final long serialVersionUID = 1L;
    private final Reason reason;

    BodyException(Reason reason) {
        super(reason.key());
        this.reason = reason;
    }

    /** Why. */
    Reason reason() {
        return reason;
    }
}
