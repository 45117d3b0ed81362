package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;

/**
 * Secrets from the tables of {@link TenantSecrets}, one query per request, nothing cached here.
 *
 * <p>The tenant asked for is untrusted: it is a parameter of the query, bounded, and compared once more with what the
 * database found, character by character. Unknown and inactive tenants have no secrets. Demo rows have none unless
 * {@link DemoMode} is on. If the database or the master key fails, or a row does not decrypt, that is
 * {@link SecretUnavailableException}, never an empty answer and never another secret.
 */
@ApplicationScoped
public class JpaSecretProvider implements SecretProvider {

    private static final String WITHOUT_TENANT = "select s from StoredSecret s where s.sender = :sender"
            + " and s.tenant is null and (s.validUntil is null or s.validUntil > :now)";
    private static final String OF_TENANT = "select s from StoredSecret s join fetch s.tenant"
            + " where s.sender = :sender and s.tenant.name = :tenant and s.tenant.active = true"
            + " and (s.validUntil is null or s.validUntil > :now)";
    private static final int QUERY_TIMEOUT_MILLIS = 5_000;

    @PersistenceContext(unitName = "webhook")
    private EntityManager entities;

    private final SecretCipher cipher;
    private final Clock clock;
    private final BooleanSupplier demo;

    /** For CDI. */
    public JpaSecretProvider() {
        this(null, new SecretCipher(MasterKeys.standard()), Clock.systemUTC(), DemoMode::on);
    }

    JpaSecretProvider(EntityManager entities, SecretCipher cipher, Clock clock, BooleanSupplier demo) {
        this.entities = entities;
        this.cipher = cipher;
        this.clock = clock;
        this.demo = demo;
    }

    @Override
    public SecretSet secretsFor(SecretRequest request) {
        boolean askable = Names.askable(request.sender(), StoredSecret.MAX_SENDER)
                && request.tenant().map(t -> Names.askable(t, Tenant.MAX_NAME)).orElse(true);
        if (!askable) {
            return SecretSet.none();
        }
        Instant now = clock.instant();
        return new SecretSet(rows(request, now).stream()
                .filter(row -> row.sender().equals(request.sender()))
                .filter(row -> row.tenant().map(Tenant::name).equals(request.tenant()))
                .filter(row -> demo.getAsBoolean() || !row.demo())
                .sorted(currentFirst(now))
                .map(this::open)
                .toList());
    }

    private List<StoredSecret> rows(SecretRequest request, Instant now) {
        try {
            var query = entities.createQuery(
                            request.tenant().isPresent() ? OF_TENANT : WITHOUT_TENANT, StoredSecret.class)
                    .setParameter("sender", request.sender())
                    .setParameter("now", now)
                    .setHint("jakarta.persistence.query.timeout", QUERY_TIMEOUT_MILLIS);
            request.tenant().ifPresent(tenant -> query.setParameter("tenant", tenant));
            return query.getResultList();
        } catch (RuntimeException e) {
            // Also what providers throw beside PersistenceException when the store is down or shut.
            throw new SecretUnavailableException("the secrets of " + request.sender() + " cannot be read", e);
        }
    }

    private static Comparator<StoredSecret> currentFirst(Instant now) {
        return Comparator.comparing((StoredSecret row) -> row.validFrom().isAfter(now))
                .thenComparing(StoredSecret::validFrom, Comparator.reverseOrder())
                .thenComparing(StoredSecret::id);
    }

    private Secret open(StoredSecret row) {
        byte[] plain;
        try {
            plain = cipher.open(row.context(), row.sealed());
        } catch (JpaConfigurationException e) {
            throw new SecretUnavailableException(described(row) + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new SecretUnavailableException(
                    described(row) + " does not decrypt: the row was altered, moved, or restored from elsewhere", e);
        }
        try {
            Secret secret = Secret.of(row.label(), plain).validFrom(row.validFrom());
            Optional<Instant> until = row.validUntil();
            return until.isPresent() ? secret.validUntil(until.get()) : secret;
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException(described(row) + " is empty", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static String described(StoredSecret row) {
        return "the secret '" + row.label() + "' of " + row.sender();
    }
}
