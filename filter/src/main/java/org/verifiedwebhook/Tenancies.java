package org.verifiedwebhook;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.TenantClaims;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Source;
import org.verifiedwebhook.sender.TenantRule;

/** Finds the tenants that a request, which nobody has verified, may belong to, and their secrets. */
final class Tenancies {

    private static final int MAX_TENANTS = 64;
    /** As many as settings can give a tenant: secret, next and previous. How many count must not show by the time. */
    private static final int TRIED = 3;

    private final Sender sender;
    private final SecretProvider secrets;
    private final TenantResolver tenants;
    private final Clock clock;

    Tenancies(Sender sender, SecretProvider secrets, TenantResolver tenants, Clock clock) {
        this.sender = sender;
        this.secrets = secrets;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * A secret that counts now.
     *
     * @param place its place among all secrets of the tenant, those that do not count included
     * @param decoy whether it only stands for one that there is not: then nothing that matches it is proved
     */
    record Candidate(int place, Secret secret, boolean decoy) {}

    /**
     * A tenant that the request may belong to.
     *
     * @param secrets those that count now, and decoys where there are other tenants; none of an unsigned sender
     * @param refusal why a request that no secret matches is refused
     */
    record Tenancy(Optional<String> tenant, List<Candidate> secrets, Reason refusal) {}

    private List<Candidate> candidates(List<Secret> all, boolean decoys) {
        Instant now = clock.instant();
        List<Candidate> active = new ArrayList<>();
        for (int place = 0; place < all.size(); place++) {
            if (all.get(place).activeAt(now)) {
                active.add(new Candidate(place, all.get(place), decoys));
            }
        }
        return active;
    }

    /**
     * Those a request may belong to; one without a tenant if the sender has none. If a sender that proves something names
     * nobody, one that stands for nobody, so that the same work is done for it.
     *
     * @param scheme what the request is proved by
     * @param keyId the key that the request names, if any
     * @throws RejectedException if the request does not name its tenant as it should
     * @throws SecretUnavailableException if a tenant or its secrets could not be looked up
     */
    List<Tenancy> of(RequestValues values, Scheme scheme, Optional<String> keyId) throws RejectedException {
        Optional<TenantRule> rule = sender.tenant().filter(t -> !t.shared());
        if (rule.isEmpty()) {
            return List.of(tenancy(Optional.empty(), scheme, keyId));
        }
        Map<String, String> claims = new LinkedHashMap<>();
        for (TenantRule.Claim claim : rule.get().claims()) {
            claim(claim, values).ifPresent(value -> claims.put(claim.name(), value));
        }
        List<String> candidates = resolve(new TenantClaims(sender.name(), claims));
        List<Tenancy> tenancies = new ArrayList<>();
        for (String tenant : candidates) {
            tenancies.add(tenancy(Optional.of(tenant), scheme, keyId));
        }
        if (tenancies.isEmpty() && !unsigned()) {
            tenancies.add(nobody(scheme));
        }
        return tenancies;
    }

    private boolean unsigned() {
        return sender.assurance() == Assurance.IDENTIFIED;
    }

    private List<String> resolve(TenantClaims claims) {
        try {
            List<String> all = List.copyOf(tenants.tenants(claims));
            if (all.size() > MAX_TENANTS) {
                // To leave some out would refuse genuine requests of theirs.
                throw new SecretUnavailableException("the tenant resolver gives " + all.size()
                        + " tenants for one request; " + MAX_TENANTS + " can be tried");
            }
            return all;
        } catch (SecretUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SecretUnavailableException("the tenant resolver failed", e);
        }
    }

    private Tenancy tenancy(Optional<String> tenant, Scheme scheme, Optional<String> keyId) {
        return unsigned()
                ? new Tenancy(tenant, List.of(), Reason.SECRET_MISSING)
                : tenancy(tenant, scheme, new SecretRequest(sender.name(), tenant, keyId), Reason.SECRET_MISSING);
    }

    private Tenancy nobody(Scheme scheme) {
        return tenancy(Optional.empty(), scheme, Decoy.request(), Reason.TENANT_UNKNOWN);
    }

    /** The same steps for whoever it is: also who does not exist is looked up, and has something to be tried. */
    private Tenancy tenancy(Optional<String> tenant, Scheme scheme, SecretRequest request, Reason without) {
        SecretSet found = secretsFor(request);
        List<Secret> decoys = Decoy.secrets(scheme);
        boolean none = found.isEmpty() || Decoy.isNobodys(request);
        List<Candidate> active = candidates(none ? decoys : found.secrets(), none);
        Reason refusal = none || active.isEmpty() ? without : Reason.SIGNATURE_MISMATCH;
        boolean alone = tenant.isEmpty() && !Decoy.isNobodys(request);
        for (int tried = active.size(); tried < (alone ? 1 : TRIED); tried++) {
            active.add(new Candidate(tried, decoys.get(0), true));
        }
        return new Tenancy(tenant, active, refusal);
    }

    private SecretSet secretsFor(SecretRequest request) {
        try {
            return secrets.secretsFor(request);
        } catch (SecretUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SecretUnavailableException("the secret provider failed", e);
        }
    }

    /** The tenant that a request names under a secret shared by many; empty if it names none that could be one. */
    Optional<String> claimed(RequestValues values) {
        if (sender.tenant().isEmpty() || !sender.tenant().get().shared()) {
            return Optional.empty();
        }
        try {
            return claim(sender.tenant().get().claims().get(0), values);
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> claim(TenantRule.Claim claim, RequestValues values) throws RejectedException {
        String value = null;
        for (Source source : claim.from()) {
            RequestValues.Lookup lookup = values.lookup(source);
            if (lookup.malformed()) {
                throw new RejectedException(Reason.BODY_MALFORMED);
            }
            boolean again = value != null && lookup.present();
            if (lookup.invalid() || lookup.values().size() > 1 || again || values.isNumber(source)) {
                throw new RejectedException(Reason.TENANT_INVALID);
            }
            if (lookup.present()) {
                value = checked(lookup.values().get(0));
            }
        }
        String kept = value == null ? "" : NameText.keep(value, claim.keep());
        if (!kept.isBlank()) {
            return Optional.of(kept);
        }
        if (claim.required()) {
            throw new RejectedException(Reason.TENANT_MISSING);
        }
        return Optional.empty();
    }

    /** Refuses what no name has, before any store sees it. */
    private static String checked(String text) throws RejectedException {
        if (!NameText.isName(text)) {
            throw new RejectedException(Reason.TENANT_INVALID);
        }
        return text;
    }
}
