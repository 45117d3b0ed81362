package org.verifiedwebhook;

import java.time.Duration;
import java.util.Optional;
import org.verifiedwebhook.sender.Sender;

/**
 * A sender with the operator's settings applied, ready to verify.
 *
 * @param verifier what verifies its requests
 * @param publicUrl what works out the URL it called
 * @param requiresHttps whether plain HTTP is refused
 * @param readWithin how long a body may take to arrive
 * @param throttle what counts its requests
 * @param lease how long a handler may take before its delivery may be handled again
 * @param inbox where its deliveries go; absent if the application answers them
 */
record Endpoint(
        Verifier verifier,
        PublicUrl publicUrl,
        boolean requiresHttps,
        Duration readWithin,
        Throttle throttle,
        Duration lease,
        Optional<WebhookInbox> inbox) {

    Sender sender() {
        return verifier.sender();
    }
}
