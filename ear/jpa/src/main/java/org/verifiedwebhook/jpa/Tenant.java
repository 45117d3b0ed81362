package org.verifiedwebhook.jpa;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A tenant under the name that senders know. */
@Entity
@Table(name = "webhook_tenant")
@Cacheable(false)
class Tenant {

    static final int MAX_NAME = 256;
    static final int MAX_TITLE = 200;

    @Id
    @Column(length = 36)
    private String id;

    @Column(length = MAX_NAME, nullable = false, updatable = false)
    private String name;

    @Column(length = MAX_TITLE, nullable = false)
    private String title;

    @Column(nullable = false)
    private boolean active;

    @Column(nullable = false, updatable = false)
    private boolean demo;

    @Column(name = "created_at_ms", nullable = false, updatable = false)
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;

    /** For JPA. */
    protected Tenant() {}

    Tenant(String name, String title, boolean demo, Instant createdAt) {
        this.id = UUID.randomUUID().toString();
        this.name = name;
        this.title = title;
        this.active = true;
        this.demo = demo;
        this.createdAt = createdAt;
    }

    String name() {
        return name;
    }

    boolean active() {
        return active;
    }

    void active(boolean value) {
        this.active = value;
    }

    boolean demo() {
        return demo;
    }
}
