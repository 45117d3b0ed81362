package org.verifiedwebhook;

import org.verifiedwebhook.sender.Reason;

/** What verification says of a request. */
public sealed interface Verdict {

    /**
     * The request is what its sender sent.
     *
     * @param delivery what is proved of it
     */
    record Verified(WebhookDelivery delivery) implements Verdict {}

    /**
     * The request is refused.
     *
     * @param reason why, for logs and counters; not for the caller
     */
    record Rejected(Reason reason) implements Verdict {}
}
