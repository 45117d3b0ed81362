package org.verifiedwebhook;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

/**
 * Keeps verified deliveries to be handled later, for the senders whose setting {@code acknowledge} is {@code inbox}.
 *
 * <p>Must be safe for concurrent use, and for several nodes over one store.
 */
@FunctionalInterface
public interface WebhookInbox {

    /**
     * Stores a delivery, unless it is a copy. Returns only when what it says is durable: the sender is answered next.
     *
     * @throws DeliveryStoreUnavailableException if that is not known to be so, or there is no room: the sender gets 503
     *     and comes again
     */
    Result put(Entry entry);

    /**
     * Called when a sender's endpoint is deployed, so that one whose deliveries nobody would handle stops the deployment.
     *
     * @throws IllegalArgumentException if nobody would; the message names the cure
     */
    default void checkHandled(String sender) {}

    /**
     * A delivery to store.
     *
     * @param keys what identifies it; the fingerprint is a random one if every request of the sender is handled
     * @param delivery what is proved
     * @param orderingKey what deliveries have in common that are to be handled one after the other; it is the verified
     *     request's own text, at most 256 characters
     * @param acknowledgement what the sender is answered, and what a copy is
     * @param retention how long a copy is known as one at least
     */
    record Entry(
            DeliveryKeys keys,
            WebhookDelivery delivery,
            Optional<String> orderingKey,
            Answer acknowledgement,
            Duration retention) {
        public Entry {
            Objects.requireNonNull(keys, "keys");
            Objects.requireNonNull(delivery, "delivery");
            Objects.requireNonNull(orderingKey, "orderingKey");
            Objects.requireNonNull(acknowledgement, "acknowledgement");
            Objects.requireNonNull(retention, "retention");
        }
    }

    /** What became of a delivery. */
    sealed interface Result {

        /** It is new, and stored. */
        record Stored() implements Result {}

        /**
         * It is a copy of one that is stored, or was handled.
         *
         * @param answer what that one was answered
         */
        record Duplicate(Answer answer) implements Result {}

        /** It is a copy of one that is being handled outside of the inbox right now. */
        record InFlight() implements Result {}
    }
}
