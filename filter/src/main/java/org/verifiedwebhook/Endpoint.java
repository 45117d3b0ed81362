package org.verifiedwebhook;

import org.verifiedwebhook.sender.Sender;

/**
 * A sender with the operator's settings applied, ready to verify.
 *
 * @param verifier what verifies its requests
 * @param publicUrl what works out the URL it called
 * @param requiresHttps whether plain HTTP is refused
 */
record Endpoint(Verifier verifier, PublicUrl publicUrl, boolean requiresHttps) {
    Sender sender() {
        return verifier.sender();
    }
}
