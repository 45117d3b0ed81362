package org.verifiedwebhook;

import org.verifiedwebhook.delivery.Answer;

/** What to do with a request: let the application handle it, or answer it. */
public sealed interface Admission permits Admission.Admitted, Admission.Answered {

    /**
     * Verified, and claimed for the application to handle now. End it with exactly one of
     * {@link DeliveryClaim#complete} and {@link DeliveryClaim#release}.
     *
     * @param delivery what is proved
     * @param claim the claim to end
     */
    record Admitted(WebhookDelivery delivery, DeliveryClaim claim) implements Admission {}

    /**
     * Rejected, or a copy, or a handshake, or stored in an inbox: send the answer, the application has nothing to do.
     *
     * @param answer what to send
     */
    record Answered(Answer answer) implements Admission {}
}
