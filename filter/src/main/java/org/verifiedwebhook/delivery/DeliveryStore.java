package org.verifiedwebhook.delivery;

import java.time.Duration;

/**
 * Remembers which deliveries are being handled and which have been, so that each is handled once.
 *
 * <p>At-least-once: a claim whose lease ends before its outcome is known is granted again. Must be safe for concurrent
 * use; of several simultaneous claims for one delivery exactly one is granted.
 */
public interface DeliveryStore {

    /**
     * Claims a delivery for handling.
     *
     * @param keys what identifies it
     * @param lease how long the claim holds without an outcome
     * @param retention how long the outcome is remembered at least
     * @throws DeliveryStoreUnavailableException if it could not be recorded, or there is no room; nothing is claimed
     */
    Claim claim(DeliveryKeys keys, Duration lease, Duration retention);

    /**
     * Records that the delivery was handled and how it was answered, before that answer is sent.
     *
     * @return false if the lease ended and another claim was granted meanwhile: then nothing is recorded
     * @throws DeliveryStoreUnavailableException if it could not be recorded
     */
    boolean complete(ClaimToken token, Answer answer);

    /** Gives the claim back, so that the sender's next attempt is handled. Does nothing if the claim is another's. */
    void release(ClaimToken token);
}
