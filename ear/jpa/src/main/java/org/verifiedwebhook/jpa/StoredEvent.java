package org.verifiedwebhook.jpa;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.WebhookInbox;
import org.verifiedwebhook.inbox.InboxItem;
import org.verifiedwebhook.inbox.InboxState;
import org.verifiedwebhook.sender.Assurance;

/** A verified delivery that waits to be handled, or has been. */
@Entity
@Table(name = "webhook_inbox")
@Cacheable(false)
class StoredEvent {

    static final int MAX_TEXT = 256;
    static final int MAX_REASON = 1000;

    @Id
    private long id;

    @Column(length = StoredDelivery.MAX_SENDER, nullable = false, updatable = false)
    private String sender;

    @Column(length = MAX_TEXT, updatable = false)
    private String tenant;

    @Column(name = "claimed_tenant", length = MAX_TEXT, updatable = false)
    private String claimedTenant;

    @Column(name = "delivery_id", length = MAX_TEXT, updatable = false)
    private String deliveryId;

    @Column(name = "id_signed", nullable = false, updatable = false)
    private boolean idSigned;

    @Column(name = "event_type", length = MAX_TEXT, updatable = false)
    private String eventType;

    @Enumerated(EnumType.STRING)
    @Column(length = 16, nullable = false, updatable = false)
    private Assurance assurance;

    @Column(name = "secret_label", length = MAX_TEXT, updatable = false)
    private String secretLabel;

    @Column(name = "received_at_ms", nullable = false, updatable = false)
    @Convert(converter = InstantConverter.class)
    private Instant receivedAt;

    @Column(name = "ordering_key", length = 64, updatable = false)
    private String orderingKey;

    // Not @Lob, which Hibernate keeps outside of the table on PostgreSQL.
    @Column(nullable = false, updatable = false)
    private byte[] body;

    @Enumerated(EnumType.STRING)
    @Column(length = 16, nullable = false)
    private InboxState state;

    @Column(nullable = false)
    private int attempts;

    /** Grows with each attempt, so that a worker whose lease is over can be told from its successor. */
    @Column(nullable = false)
    private long fence;

    /** Ready: when the next attempt may begin. Running: when the lease ends. */
    @Column(name = "due_at_ms", nullable = false)
    @Convert(converter = InstantConverter.class)
    private Instant dueAt;

    @Column(name = "changed_at_ms", nullable = false)
    @Convert(converter = InstantConverter.class)
    private Instant changedAt;

    @Column(length = MAX_REASON)
    private String reason;

    /** For JPA. */
    protected StoredEvent() {}

    /** @param id greater than that of what came before */
    StoredEvent(long id, WebhookInbox.Entry entry, Instant now) {
        WebhookDelivery delivery = entry.delivery();
        this.id = id;
        this.sender = delivery.sender();
        this.tenant = text(delivery.tenant());
        this.claimedTenant = text(delivery.claimedTenant());
        this.deliveryId = text(delivery.id());
        this.idSigned = delivery.idSigned();
        this.eventType = text(delivery.eventType());
        this.assurance = delivery.assurance();
        this.secretLabel = text(delivery.secretLabel());
        this.receivedAt = delivery.receivedAt();
        this.orderingKey = entry.orderingKey()
                .map(value -> DeliveryKey.ordering(
                        delivery.sender(), delivery.tenant().orElse(""), value))
                .orElse(null);
        this.body = delivery.rawBody();
        this.state = InboxState.READY;
        this.dueAt = now;
        this.changedAt = now;
    }

    private static String text(Optional<String> text) {
        return text.map(t -> Names.bounded(t, MAX_TEXT)).orElse(null);
    }

    long id() {
        return id;
    }

    long fence() {
        return fence;
    }

    int attempts() {
        return attempts;
    }

    InboxState state() {
        return state;
    }

    Instant changedAt() {
        return changedAt;
    }

    /** Begins an attempt. */
    void run(Instant now, Instant leaseEnd) {
        state = InboxState.RUNNING;
        attempts++;
        fence++;
        dueAt = leaseEnd;
        changedAt = now;
    }

    /** This attempt as one that succeeded. */
    InboxItem handled(Instant now) {
        state = InboxState.DONE;
        changedAt = now;
        reason = null;
        return item();
    }

    /** Gives it up without another attempt. */
    void die(Instant now, String why) {
        state = InboxState.DEAD;
        fence++;
        changedAt = now;
        reason = why;
    }

    /** The delivery as it was verified. */
    WebhookDelivery delivery() {
        return new InboxDelivery(
                sender,
                Optional.ofNullable(tenant),
                Optional.ofNullable(claimedTenant),
                Optional.ofNullable(deliveryId),
                idSigned,
                Optional.ofNullable(eventType),
                body,
                assurance,
                Optional.ofNullable(secretLabel),
                receivedAt);
    }

    Lane lane() {
        return Lane.of(delivery());
    }

    InboxItem item() {
        return new InboxItem(
                id,
                state,
                sender,
                Optional.ofNullable(tenant),
                Optional.ofNullable(deliveryId),
                Optional.ofNullable(eventType),
                attempts,
                Optional.ofNullable(reason),
                receivedAt,
                changedAt);
    }
}
