package org.verifiedwebhook.jpa;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The handlers of an application.
 *
 * @param all no two of the same sender and type
 */
record InboxHandlers(List<InboxHandler> all) {
    InboxHandlers {
        all = List.copyOf(all);
    }

    /** The most specific handler of an event type. */
    Optional<InboxHandler> find(String sender, Optional<String> eventType) {
        return all.stream()
                .filter(h -> h.sender().equals(sender) && h.takes(eventType))
                .max(Comparator.comparingInt(InboxHandler::specificity));
    }

    /** @throws IllegalArgumentException if a sender has none */
    void check(String sender) {
        if (all.stream().noneMatch(h -> h.sender().equals(sender))) {
            throw new IllegalArgumentException("sender '" + sender
                    + "' is acknowledged by the inbox, and nobody handles what is in it: write a public method"
                    + " @OnWebhook(sender = \"" + sender
                    + "\") with a WebhookEvent parameter in a CDI bean, or set webhook/"
                    + sender + "/acknowledge to inline");
        }
    }
}
