package org.verifiedwebhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;

/**
 * What became of one request, for logs, counters and pages. Holds no secret, signature, token or body. Texts that came
 * from outside are as they came: escape them.
 *
 * @param at when the request was received
 * @param sender the sender's name
 * @param kind what became of it
 * @param reason why it was rejected
 * @param tenant the verified tenant
 * @param deliveryId the delivery id, verified or not
 * @param eventType the event type of the signed content
 * @param assurance what was proved, if it was verified
 * @param secretLabel the label of the secret that matched
 * @param address the peer's address
 * @param method the HTTP method
 * @param path the raw path, with {@code ***} for a segment where the sender's token or signature stands
 * @param status the HTTP status answered
 * @param took the time from the request to its answer
 */
public record WebhookOutcome(
        Instant at,
        String sender,
        Kind kind,
        Optional<Reason> reason,
        Optional<String> tenant,
        Optional<String> deliveryId,
        Optional<String> eventType,
        Optional<Assurance> assurance,
        Optional<String> secretLabel,
        String address,
        String method,
        String path,
        int status,
        Duration took) {

    /** What can become of a request. */
    public enum Kind {
        /** Verified, handled and answered; or stored in the inbox and answered. */
        ACCEPTED,
        /** Verified, and handled before: not handled again. */
        DUPLICATE,
        /** Verified, and the application failed: the sender may come again. */
        FAILED,
        /** Not admitted, see {@link WebhookOutcome#reason}. */
        REJECTED,
        /** A handshake, answered without the application. */
        CHALLENGE;

        /** The name used in logs and counters, {@code accepted} for instance. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
