package org.verifiedwebhook;

import java.time.Instant;
import java.util.Optional;
import org.verifiedwebhook.sender.Assurance;

/**
 * A verified delivery, as the application gets it. In JAX-RS inject it; behind the servlet filter take it with
 * {@code WebhookFilter.delivery(request)}.
 *
 * <p>{@link #tenant} is the tenant whose secret matched: use it, and never a tenant the body names. Only what
 * {@link #assurance} says is proved; {@link #claimedTenant} and an id with {@link #idSigned} false are the word of
 * whoever sent the request.
 */
public interface WebhookDelivery {

    /** The sender's name. */
    String sender();

    /** The tenant whose secret matched; empty if the sender has no tenants. */
    Optional<String> tenant();

    /** The tenant that a request names under a secret shared by many. A claim, not proved. */
    Optional<String> claimedTenant();

    /** The delivery id, if the request has one. */
    Optional<String> id();

    /** Whether the signature covers {@link #id}. */
    boolean idSigned();

    /** The event type, from the signed content only; empty if it names none. */
    Optional<String> eventType();

    /** A copy of the body's bytes as they were received and verified. */
    byte[] rawBody();

    /** What is proved. */
    Assurance assurance();

    /** The label of the secret that matched; empty for an unsigned sender. */
    Optional<String> secretLabel();

    /** When the request was received. */
    Instant receivedAt();
}
