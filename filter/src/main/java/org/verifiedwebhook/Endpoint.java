package org.verifiedwebhook;

import java.util.Optional;
import org.verifiedwebhook.sender.Sender;

/**
 * A sender with the operator's settings applied, ready to verify.
 *
 * @param verifier what verifies its requests
 * @param publicUrl what works out the URL it called
 * @param requiresHttps whether plain HTTP is refused
 * @param inbox where its deliveries go; absent if the application answers them
 */
record Endpoint(Verifier verifier, PublicUrl publicUrl, boolean requiresHttps, Optional<WebhookInbox> inbox) {
    Sender sender() {
        return verifier.sender();
    }
}
