package org.verifiedwebhook.inbox;

import java.time.Instant;
import java.util.Optional;

/**
 * A delivery in the inbox, without its body. Texts that came from outside are as they came: escape them.
 *
 * @param number identifies it; greater ones came later
 * @param state where it stands
 * @param sender the sender's name
 * @param tenant the verified tenant
 * @param deliveryId the delivery id
 * @param eventType the event type of the signed content
 * @param attempts how many there were
 * @param reason why the last attempt failed: one line; the class of an exception and what it says
 * @param receivedAt when the request came
 * @param changedAt when it came to this state
 */
public record InboxItem(
        long number,
        InboxState state,
        String sender,
        Optional<String> tenant,
        Optional<String> deliveryId,
        Optional<String> eventType,
        int attempts,
        Optional<String> reason,
        Instant receivedAt,
        Instant changedAt) {}
