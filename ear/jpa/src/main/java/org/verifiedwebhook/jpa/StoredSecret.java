package org.verifiedwebhook.jpa;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A secret of a sender, and of one of its tenants if it has tenants; encrypted. */
@Entity
@Table(name = "webhook_secret")
@Cacheable(false)
class StoredSecret {

    static final int MAX_SENDER = 64;
    static final int MAX_LABEL = 100;

    @Id
    @Column(length = 36)
    private String id;

    @Column(length = MAX_SENDER, nullable = false, updatable = false)
    private String sender;

    @ManyToOne(fetch = FetchType.EAGER)
    @JoinColumn(name = "tenant_id", updatable = false)
    private Tenant tenant;

    @Column(length = MAX_LABEL, nullable = false)
    private String label;

    @Column(name = "key_id", length = 8, nullable = false)
    private String keyId;

    @Column(length = 16, nullable = false)
    private String nonce;

    @Column(length = 2048, nullable = false)
    private String ciphertext;

    @Column(name = "valid_from_ms", nullable = false)
    @Convert(converter = InstantConverter.class)
    private Instant validFrom;

    @Column(name = "valid_until_ms")
    @Convert(converter = InstantConverter.class)
    private Instant validUntil;

    @Column(nullable = false, updatable = false)
    private boolean demo;

    @Column(name = "created_at_ms", nullable = false, updatable = false)
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;

    /** For JPA. */
    protected StoredSecret() {}

    /** A secret without content yet: its id must be known before it can be {@link #seal sealed}. */
    StoredSecret(String sender, Optional<Tenant> tenant, String label, boolean demo, Instant now) {
        this.id = UUID.randomUUID().toString();
        this.sender = sender;
        this.tenant = tenant.orElse(null);
        this.label = label;
        this.demo = demo;
        this.validFrom = now;
        this.createdAt = now;
    }

    String id() {
        return id;
    }

    String sender() {
        return sender;
    }

    Optional<Tenant> tenant() {
        return Optional.ofNullable(tenant);
    }

    String label() {
        return label;
    }

    Instant validFrom() {
        return validFrom;
    }

    void validFrom(Instant instant) {
        this.validFrom = instant;
    }

    Optional<Instant> validUntil() {
        return Optional.ofNullable(validUntil);
    }

    void validUntil(Instant instant) {
        this.validUntil = instant;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** Whether it, or its tenant, counts in a demonstration only. */
    boolean demo() {
        return demo || tenant().map(Tenant::demo).orElse(false);
    }

    SecretContext context() {
        return new SecretContext(sender, tenant().map(Tenant::name), id);
    }

    SealedSecret sealed() {
        return new SealedSecret(keyId, nonce, ciphertext);
    }

    void seal(SealedSecret sealed) {
        this.keyId = sealed.keyId();
        this.nonce = sealed.nonce();
        this.ciphertext = sealed.ciphertext();
    }
}
