package org.verifiedwebhook.sample.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.sender.Assurance;

/** Deliveries as the engine would hand them over. */
public record Deliveries(
        String sender, Optional<String> tenant, Optional<String> id, Optional<String> eventType, byte[] rawBody)
        implements WebhookDelivery {

    public static WebhookDelivery of(String sender, String eventType, String body) {
        return of(sender, eventType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static WebhookDelivery of(String sender, String eventType, byte[] body) {
        return new Deliveries(sender, Optional.of("tenant"), Optional.of("id-1"), Optional.ofNullable(eventType), body);
    }

    @Override
    public Optional<String> claimedTenant() {
        return Optional.empty();
    }

    @Override
    public boolean idSigned() {
        return false;
    }

    @Override
    public Assurance assurance() {
        return Assurance.SIGNED;
    }

    @Override
    public Optional<String> secretLabel() {
        return Optional.of("current");
    }

    @Override
    public Instant receivedAt() {
        return Instant.EPOCH;
    }
}
