package org.verifiedwebhook.secret;

import java.util.List;

/** See {@link TenantResolver#identity}. */
enum IdentityTenantResolver implements TenantResolver {
    INSTANCE;

    @Override
    public List<String> tenants(TenantClaims claims) {
        return claims.get("tenant").map(List::of).orElse(List.of());
    }
}
