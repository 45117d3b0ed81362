package org.verifiedwebhook.delivery;

import java.time.Duration;

/**
 * Remembers which deliveries are being handled and which have been, so that each is handled once.
 *
 * <p>At-least-once: a claim whose lease ends before its outcome is known is granted again. Must be safe for concurrent
 * use; of several simultaneous claims for one delivery exactly one is granted.
 *
 * <p>A {@link #transactional} store gives exactly one committed effect to a handler that does its work in the transaction
 * the store began for it: that work and the completion commit together, before the answer leaves, or not at all. What a
 * handler does outside of that transaction happens at least once.
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
     * Records that the delivery was handled and how it was answered, before that answer is sent. Part of the handler's
     * transaction, if one was begun.
     *
     * @return false if the lease ended and another claim was granted meanwhile: then nothing is recorded
     * @throws DeliveryStoreUnavailableException if it could not be recorded
     */
    boolean complete(ClaimToken token, Answer answer);

    /**
     * Gives the claim back, so that the sender's next attempt is handled. Does nothing if the claim is another's, or
     * complete.
     */
    void release(ClaimToken token);

    /**
     * Whether {@link #begin} begins a transaction. Then a handler must be synchronous: the transaction belongs to the
     * thread of the request.
     */
    default boolean transactional() {
        return false;
    }

    /**
     * Begins the transaction of the handler whose claim was just granted, on this thread.
     *
     * @param token the claim
     * @param timeout after which it must not commit any more
     * @throws DeliveryStoreUnavailableException if none could be begun
     */
    default HandlerTransaction begin(ClaimToken token, Duration timeout) {
        return HandlerTransaction.NONE;
    }
}
