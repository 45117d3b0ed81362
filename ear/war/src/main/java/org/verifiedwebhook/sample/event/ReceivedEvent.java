package org.verifiedwebhook.sample.event;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A typed event of a verified delivery, as the sample's resources received it. Fired as a CDI event.
 *
 * @param at when the request was received
 * @param sender the sender's name
 * @param tenant the tenant whose secret matched
 * @param eventType the event type of the signed content
 * @param event what the body says, as the sender's type
 */
public record ReceivedEvent(
        Instant at, String sender, Optional<String> tenant, Optional<String> eventType, Object event) {
    public ReceivedEvent {
        Objects.requireNonNull(event, "event");
    }
}
