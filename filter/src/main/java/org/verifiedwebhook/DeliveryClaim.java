package org.verifiedwebhook;

import org.verifiedwebhook.delivery.Answer;

/** The right to handle one delivery now. Ends with the first call of either method; later calls do nothing. */
public interface DeliveryClaim {

    /**
     * Ends the claim with the application's answer, before it is sent. One that does not acknowledge releases instead, see
     * {@link Answer#acknowledges}.
     *
     * @return what to send: {@code answer}, or a 503 if it acknowledges and could not be recorded, the claim having been
     *     given back before, for instance
     */
    Answer complete(Answer answer);

    /**
     * Whether it holds a transaction of the thread that it was granted to. Then end it on that thread, and let nothing of
     * the answer leave before.
     */
    default boolean holdsTransaction() {
        return false;
    }

    /** Ends the claim without an answer: the handler failed, the sender's next attempt is handled. */
    void release();
}
