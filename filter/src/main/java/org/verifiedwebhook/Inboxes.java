package org.verifiedwebhook;

import java.util.Optional;
import java.util.UUID;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.secret.SettingKey;
import org.verifiedwebhook.sender.AnswerTemplate;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Source;

/** Makes the entry of a verified delivery for an inbox, and finds the inbox of a sender. */
final class Inboxes {

    private Inboxes() {}

    /**
     * The inbox of a sender that wants one.
     *
     * @throws IllegalArgumentException if there is none, or nobody handles what comes there
     */
    static WebhookInbox required(Optional<WebhookInbox> inbox, String sender) {
        WebhookInbox found = inbox.orElseThrow(() -> new IllegalArgumentException("setting webhook/" + sender + "/"
                + SettingKey.ACKNOWLEDGE
                + ": there is no inbox here: add verified-webhook-jpa, verified-webhook-jaxrs and"
                + " CDI to the application, or set it to inline"));
        found.checkHandled(sender);
        return found;
    }

    /** The entry. The acknowledgement is the sender's own and names the delivery where its guide does. */
    static WebhookInbox.Entry entry(
            Sender sender, VerifiedDelivery delivery, RequestValues values, boolean handleCopies) {
        AnswerTemplate accepted = sender.answers().accepted(delivery.id());
        String fingerprint =
                delivery.fingerprint().filter(f -> !handleCopies).orElseGet(() -> "unique-" + UUID.randomUUID());
        boolean idDecides =
                !handleCopies && delivery.idSigned() && delivery.fingerprint().isPresent();
        return new WebhookInbox.Entry(
                new DeliveryKeys(
                        delivery.sender(),
                        delivery.tenant().orElse(""),
                        fingerprint,
                        idDecides ? delivery.id() : Optional.empty()),
                delivery,
                sender.ordering().flatMap(source -> value(values, source)),
                Answer.text(accepted.status(), accepted.contentType(), accepted.body()),
                sender.limits().retention());
    }

    private static Optional<String> value(RequestValues values, Source source) {
        RequestValues.Lookup found = values.lookup(source);
        return found.values().size() == 1
                ? Optional.of(found.values().get(0)).filter(v -> !v.isEmpty() && NameText.isName(v))
                : Optional.empty();
    }
}
