package org.verifiedwebhook.sample.event;

import java.util.Optional;

/**
 * A verified JSON object of an event type that the sender's documents do not name. It is accepted: senders add types.
 *
 * @param eventType the event type of the signed content
 */
public record UnknownEvent(Optional<String> eventType) {}
