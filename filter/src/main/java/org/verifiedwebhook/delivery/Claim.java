package org.verifiedwebhook.delivery;

import java.time.Duration;

/** What a {@link DeliveryStore} says to a delivery. */
public sealed interface Claim {

    /**
     * It is new, or its last attempt was released or outlived its lease: handle it.
     *
     * @param token the fencing token; hand it back with the outcome
     */
    record Granted(ClaimToken token) implements Claim {}

    /**
     * A copy is being handled right now.
     *
     * @param retryAfter when that one's lease ends at the latest
     */
    record InFlight(Duration retryAfter) implements Claim {}

    /**
     * It has been handled.
     *
     * @param answer what was answered then
     */
    record Completed(Answer answer) implements Claim {}
}
