package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretUnavailableException;

/**
 * Administers tenants and their secrets. For trusted callers: it does not ask who calls.
 *
 * <p>Values go in and never come out. Every method is one transaction, or part of the caller's. Arguments out of bounds
 * are {@link IllegalArgumentException}; a missing or wrong master key is {@link SecretUnavailableException} with the
 * setting's name and the cure. A change counts when the look-up cache of the engine has run out, a few seconds later.
 */
@ApplicationScoped
@Transactional
public class TenantSecrets {

    private static final String ALL_WITHOUT_TENANT = "select s from StoredSecret s where s.sender = :sender"
            + " and s.tenant is null order by s.validFrom desc, s.id";
    private static final String ALL_OF_TENANT = "select s from StoredSecret s join fetch s.tenant"
            + " where s.sender = :sender and s.tenant.name = :tenant order by s.validFrom desc, s.id";
    private static final int MIN_BYTES = 16;
    private static final int MAX_BYTES = 1024;

    @PersistenceContext(unitName = "webhook")
    private EntityManager entities;

    private final SecretCipher cipher;
    private final Clock clock;

    /** For CDI. */
    public TenantSecrets() {
        this(null, new SecretCipher(MasterKeys.standard()), Clock.systemUTC());
    }

    TenantSecrets(EntityManager entities, SecretCipher cipher, Clock clock) {
        this.entities = entities;
        this.cipher = cipher;
        this.clock = clock;
    }

    /**
     * A new, active tenant.
     *
     * @param name the name senders use, exactly as they write it; at most 256 characters
     * @param title its name for people; at most 200 characters
     */
    public void createTenant(String name, String title) {
        persistTenant(name, title, false);
    }

    /** A tenant whose secrets verify only while {@link DemoMode} is on. */
    public void createDemoTenant(String name, String title) {
        persistTenant(name, title, true);
    }

    /** Whether there is a tenant of that name. */
    public boolean tenantExists(String name) {
        return Names.askable(name, Tenant.MAX_NAME) && find(name).isPresent();
    }

    /** Lets a tenant's secrets count, or not. */
    public void setActive(String name, boolean active) {
        tenant(name).active(active);
    }

    /**
     * A further secret, counting from now on beside those that are there.
     *
     * @param sender the sender's name
     * @param tenant the tenant; absent for a sender without tenants
     * @param secret label, bytes (16 to 1024) and, if it has one, the start of its validity; its end is said by {@link
     *     #end}
     * @return its id
     */
    public String add(String sender, Optional<String> tenant, Secret secret) {
        return persist(sender, tenant, secret, false).id();
    }

    /** {@link #add} for a secret that verifies only while {@link DemoMode} is on. */
    public String addDemo(String sender, Optional<String> tenant, Secret secret) {
        return persist(sender, tenant, secret, true).id();
    }

    /**
     * Ends a secret's validity at {@code instant}; at once, if that has passed. One that ends earlier already keeps its end:
     * what has ended never counts again. It stays listed.
     */
    public void end(String id, Instant instant) {
        StoredSecret row = entities.find(StoredSecret.class, id);
        if (row == null) {
            throw new IllegalArgumentException("there is no secret " + id);
        }
        end(row, millis(instant));
    }

    private static void end(StoredSecret row, Instant end) {
        if (row.validUntil().map(end::isBefore).orElse(true)) {
            row.validUntil(end);
        }
    }

    /**
     * A new secret, and an end for all others of that sender and tenant.
     *
     * @param overlap how long the others still count: until the sender surely signs with the new one; zero for a secret
     *     that leaked
     * @return the new one's id
     */
    public String rotate(String sender, Optional<String> tenant, Secret newSecret, Duration overlap) {
        if (overlap.isNegative()) {
            throw new IllegalArgumentException("the overlap of a rotation cannot be negative");
        }
        Instant end = millis(clock.instant().plus(overlap));
        List<StoredSecret> others = rows(sender, tenant);
        StoredSecret row = persist(sender, tenant, newSecret, false);
        others.forEach(other -> end(other, end));
        return row.id();
    }

    /** All secrets of a sender and tenant, ended ones too, the newest first; without their values. */
    public List<SecretSummary> list(String sender, Optional<String> tenant) {
        return rows(sender, tenant).stream().map(SecretSummary::of).toList();
    }

    /**
     * Encrypts everything under the current master key that is under the previous one. Afterwards
     * {@code webhook/jpa/key-previous} can go.
     *
     * @return how many secrets
     * @throws SecretUnavailableException if one does not decrypt; then none is changed
     */
    public int reencrypt() {
        List<StoredSecret> rows = entities.createQuery(
                        "select s from StoredSecret s where s.keyId <> :keyId", StoredSecret.class)
                .setParameter("keyId", cipher.currentKeyId())
                .getResultList();
        for (StoredSecret row : rows) {
            try {
                row.seal(cipher.seal(row.context(), cipher.open(row.context(), row.sealed())));
            } catch (GeneralSecurityException e) {
                throw new SecretUnavailableException(
                        "the secret '" + row.label() + "' of " + row.sender() + " does not decrypt", e);
            }
        }
        return rows.size();
    }

    private void persistTenant(String name, String title, boolean demo) {
        Names.require("a tenant's name", name, Tenant.MAX_NAME);
        Names.require("a tenant's title", title, Tenant.MAX_TITLE);
        if (find(name).isPresent()) {
            throw new IllegalArgumentException("there is already a tenant '" + name + "'");
        }
        entities.persist(new Tenant(name, title, demo, millis(clock.instant())));
    }

    private StoredSecret persist(String sender, Optional<String> tenant, Secret secret, boolean demo) {
        Names.require("a sender's name", sender, StoredSecret.MAX_SENDER);
        Names.require("a secret's label", secret.label(), StoredSecret.MAX_LABEL);
        if (secret.length() < MIN_BYTES || secret.length() > MAX_BYTES) {
            throw new IllegalArgumentException("the secret '" + secret.label() + "' has " + secret.length()
                    + " bytes; store one of " + MIN_BYTES + " to " + MAX_BYTES);
        }
        if (!secret.activeAt(Instant.MAX)) {
            throw new IllegalArgumentException("the secret '" + secret.label() + "' has an end: add it, then end it");
        }
        Instant from = secret.validFrom().orElse(clock.instant());
        StoredSecret row =
                new StoredSecret(sender, tenant.map(this::tenant), secret.label(), demo, millis(clock.instant()));
        row.validFrom(millis(from));
        row.seal(cipher.seal(row.context(), secret.bytes()));
        entities.persist(row);
        return row;
    }

    private List<StoredSecret> rows(String sender, Optional<String> tenant) {
        var query = entities.createQuery(tenant.isPresent() ? ALL_OF_TENANT : ALL_WITHOUT_TENANT, StoredSecret.class)
                .setParameter("sender", sender);
        tenant.ifPresent(name -> query.setParameter("tenant", tenant(name).name()));
        return query.getResultList();
    }

    private Tenant tenant(String name) {
        return find(Names.require("a tenant's name", name, Tenant.MAX_NAME))
                .orElseThrow(() -> new IllegalArgumentException("there is no tenant '" + name + "'"));
    }

    private Optional<Tenant> find(String name) {
        return entities.createQuery("select t from Tenant t where t.name = :name", Tenant.class)
                .setParameter("name", name)
                .getResultStream()
                .filter(t -> t.name().equals(name))
                .findFirst();
    }

    /** As exact as it is stored. */
    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
