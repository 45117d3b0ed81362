package org.verifiedwebhook;

import org.verifiedwebhook.delivery.Answer;

/** The right to handle one delivery now. Ends with the first call of either method; later calls do nothing. */
public interface DeliveryClaim {

    /**
     * Ends the claim with the application's answer, before it is sent. One that does not acknowledge releases instead, see
     * {@link Answer#acknowledges}.
     *
     * @return what to send: {@code answer}, or a 503 if it could not be recorded
     */
    Answer complete(Answer answer);

    /** Ends the claim without an answer: the handler failed, the sender's next attempt is handled. */
    void release();
}
