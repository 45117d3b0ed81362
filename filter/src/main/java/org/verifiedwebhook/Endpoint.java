package org.verifiedwebhook;

import org.verifiedwebhook.sender.Sender;

/**
 * A sender with the operator's settings applied, ready to verify.
 *
 * @param verifier what verifies its requests
 * @param publicUrl what works out the URL it called
 * @param requiresHttps whether plain HTTP is refused
 * @param throttle what counts its requests
 */
record Endpoint(Verifier verifier, PublicUrl publicUrl, boolean requiresHttps, Throttle throttle) {
    Sender sender() {
        return verifier.sender();
    }
}
