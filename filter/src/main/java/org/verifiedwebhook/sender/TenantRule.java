package org.verifiedwebhook.sender;

import java.util.List;

/**
 * Where a request names its tenant.
 *
 * @param claims the values that name it; a request without a required one is refused
 * @param shared whether one secret serves all tenants: then the name selects nothing, is read after verification, and
 *     stays a claim of the sender
 */
public record TenantRule(List<Claim> claims, boolean shared) {

    /**
     * One value that names a tenant or helps to find it. Exactly one of its sources must be present.
     *
     * @param name the name a {@link org.verifiedwebhook.secret.TenantResolver} knows it by
     * @param from where it stands
     * @param keep the only characters that count, all others are dropped; empty for all as they are
     * @param required whether a request without it is refused
     */
    public record Claim(String name, List<Source> from, String keep, boolean required) {
        public Claim {
            from = List.copyOf(from);
            if (from.isEmpty()) {
                throw new IllegalArgumentException("claim " + name + ": say where it stands");
            }
        }
    }

    public TenantRule {
        claims = List.copyOf(claims);
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("a tenant rule needs a claim");
        }
    }
}
