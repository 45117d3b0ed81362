package org.verifiedwebhook.sample.event;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.verifiedwebhook.WebhookDelivery;

/** An event as the sample keeps it: the effect of a delivery. */
@Entity
@Table(name = "webhook_received_event")
class ReceivedEventRow {

    private static final int LONGEST = 2000;

    @Id
    @Column(length = 36)
    private String id;

    @Column(length = 64, nullable = false)
    private String sender;

    @Column(length = LONGEST)
    private String tenant;

    @Column(name = "event_type", length = LONGEST)
    private String eventType;

    @Column(name = "delivery_id", length = LONGEST)
    private String deliveryId;

    @Column(name = "received_at_ms", nullable = false)
    private long receivedAtMillis;

    /** For JPA. */
    protected ReceivedEventRow() {}

    ReceivedEventRow(WebhookDelivery delivery) {
        this.id = UUID.randomUUID().toString();
        this.sender = delivery.sender();
        // Printable: no database refuses it, and two hundred characters spelled out are no longer than the column.
        this.tenant = delivery.tenant().map(Printable::of).orElse(null);
        this.eventType = delivery.eventType().map(Printable::of).orElse(null);
        this.deliveryId = delivery.id().map(Printable::of).orElse(null);
        this.receivedAtMillis = delivery.receivedAt().toEpochMilli();
    }
}
