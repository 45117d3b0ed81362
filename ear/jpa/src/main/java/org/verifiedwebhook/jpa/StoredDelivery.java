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
import java.util.UUID;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryKeys;

/** A delivery that is being handled, or has been and how it was answered. */
@Entity
@Table(name = "webhook_delivery")
@Cacheable(false)
class StoredDelivery {

    /** What is known of it. */
    enum State {
        /** Granted to somebody, whose lease may be over. */
        CLAIMED,
        /** Handled, with an answer for copies. */
        DONE
    }

    static final int MAX_SENDER = 64;
    static final int MAX_TENANT = 256;

    @Id
    @Column(length = 36)
    private String id;

    @Column(name = "fingerprint_key", length = 64, nullable = false)
    private String fingerprintKey;

    @Column(name = "id_key", length = 64)
    private String idKey;

    /** For people: the keys decide. */
    @Column(length = MAX_SENDER, nullable = false)
    private String sender;

    /** For people; empty if there is none. */
    @Column(length = MAX_TENANT, nullable = false)
    private String tenant;

    @Enumerated(EnumType.STRING)
    @Column(length = 16, nullable = false)
    private State state;

    @Column(nullable = false)
    private long fence;

    @Column(name = "lease_until_ms", nullable = false)
    @Convert(converter = InstantConverter.class)
    private Instant leaseUntil;

    @Column(name = "forget_at_ms", nullable = false)
    @Convert(converter = InstantConverter.class)
    private Instant forgetAt;

    @Column(name = "answer_status")
    private Integer answerStatus;

    @Column(name = "answer_headers")
    private String answerHeaders;

    // Not @Lob, which Hibernate keeps outside of the table on PostgreSQL.
    @Column(name = "answer_body")
    private byte[] answerBody;

    @Column(name = "created_at_ms", nullable = false)
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;

    /** For JPA. */
    protected StoredDelivery() {}

    /** A claim, or with {@link #done} a handled delivery. */
    StoredDelivery(DeliveryKeys keys, long fence, Instant now, Instant leaseUntil, Instant forgetAt) {
        this.id = UUID.randomUUID().toString();
        this.fingerprintKey = DeliveryKey.fingerprint(keys);
        this.idKey = DeliveryKey.id(keys).orElse(null);
        this.sender = Names.bounded(keys.sender(), MAX_SENDER);
        this.tenant = Names.bounded(keys.tenant(), MAX_TENANT);
        this.state = State.CLAIMED;
        this.fence = fence;
        this.createdAt = now;
        this.leaseUntil = leaseUntil;
        this.forgetAt = forgetAt;
    }

    /** Handled, and answered so. */
    StoredDelivery done(Answer answer) {
        this.state = State.DONE;
        this.answerStatus = answer.status();
        this.answerHeaders = AnswerHeaders.toText(answer.headers());
        this.answerBody = answer.body();
        return this;
    }

    String id() {
        return id;
    }

    Optional<String> idKey() {
        return Optional.ofNullable(idKey);
    }

    State state() {
        return state;
    }

    long fence() {
        return fence;
    }

    Instant leaseUntil() {
        return leaseUntil;
    }

    String fingerprintKey() {
        return fingerprintKey;
    }

    Instant forgetAt() {
        return forgetAt;
    }

    /** What was answered, if it is done. */
    Answer answer() {
        return Answer.of(
                answerStatus, AnswerHeaders.toMap(answerHeaders), answerBody == null ? new byte[0] : answerBody);
    }
}
