package org.verifiedwebhook.jpa;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.verifiedwebhook.WebhookInbox;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.sender.Assurance;

/** Deliveries as the gate hands them to the inbox. */
final class InboxEntries {

    static final Instant RECEIVED = Instant.parse("2026-11-22T20:00:00.123Z");

    private InboxEntries() {}

    static WebhookInbox.Entry of(String fingerprint) {
        return of(fingerprint, Optional.empty(), Optional.empty());
    }

    static WebhookInbox.Entry ordered(String fingerprint, String key) {
        return of(fingerprint, Optional.empty(), Optional.of(key));
    }

    static WebhookInbox.Entry withId(String fingerprint, String id) {
        return of(fingerprint, Optional.of(id), Optional.empty());
    }

    private static WebhookInbox.Entry of(String fingerprint, Optional<String> id, Optional<String> orderingKey) {
        return of(fingerprint, id, orderingKey, "call.ended", "{\"n\":\"" + fingerprint + "\"}");
    }

    static WebhookInbox.Entry of(String fingerprint, String eventType, String body) {
        return of(fingerprint, Optional.empty(), Optional.empty(), eventType, body);
    }

    /** With the tenant and the fingerprint as its name. */
    static WebhookInbox.Entry ofTenant(String tenant, int number) {
        return ofTenant(tenant, number, Optional.empty());
    }

    static WebhookInbox.Entry ofTenant(String tenant, int number, Optional<String> orderingKey) {
        String name = tenant + number;
        return of(tenant, name, Optional.empty(), orderingKey, "call.ended", "{\"n\":\"" + name + "\"}");
    }

    private static WebhookInbox.Entry of(
            String fingerprint, Optional<String> id, Optional<String> orderingKey, String eventType, String body) {
        return of("tenant", fingerprint, id, orderingKey, eventType, body);
    }

    private static WebhookInbox.Entry of(
            String tenant,
            String fingerprint,
            Optional<String> id,
            Optional<String> orderingKey,
            String eventType,
            String body) {
        return new WebhookInbox.Entry(
                new DeliveryKeys("acme", tenant, fingerprint, id),
                new InboxDelivery(
                        "acme",
                        Optional.of(tenant),
                        Optional.empty(),
                        id,
                        id.isPresent(),
                        Optional.ofNullable(eventType),
                        body.getBytes(StandardCharsets.UTF_8),
                        Assurance.SIGNED,
                        Optional.of("current"),
                        RECEIVED),
                orderingKey,
                Answer.text(200, "text/plain", "OK " + fingerprint),
                Duration.ofHours(24));
    }
}
