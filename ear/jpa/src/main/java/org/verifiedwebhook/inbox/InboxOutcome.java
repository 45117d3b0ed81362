package org.verifiedwebhook.inbox;

import java.util.Objects;

/**
 * What became of an attempt to handle a delivery of the inbox; a CDI event, fired after the commit on the handler's
 * thread. An observer that throws is logged.
 *
 * <p>That a delivery was accepted or rejected is {@link org.verifiedwebhook.WebhookOutcome}.
 *
 * @param item the delivery: {@code DONE}, {@code READY} for another attempt, {@code DEAD} or {@code UNHANDLED}
 */
public record InboxOutcome(InboxItem item) {
    public InboxOutcome {
        Objects.requireNonNull(item, "item");
    }
}
