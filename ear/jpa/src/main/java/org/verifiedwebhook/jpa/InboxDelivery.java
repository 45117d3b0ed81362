package org.verifiedwebhook.jpa;

import java.time.Instant;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.sender.Assurance;

/** A delivery read from the inbox. */
record InboxDelivery(
        String sender,
        Optional<String> tenant,
        Optional<String> claimedTenant,
        Optional<String> id,
        boolean idSigned,
        Optional<String> eventType,
        byte[] body,
        Assurance assurance,
        Optional<String> secretLabel,
        Instant receivedAt)
        implements WebhookDelivery {

    @Override
    public byte[] rawBody() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "WebhookDelivery[" + sender + ", " + assurance + ", " + body.length + " bytes]";
    }
}
