package org.verifiedwebhook;

import org.verifiedwebhook.sender.Reason;

/** Carries a rejection out of a step of {@link Verifier}, and no further. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RejectedException(Reason reason) {
        super(reason.key(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
