package org.verifiedwebhook.secret;

import java.util.List;

/**
 * Finds the tenants a request may belong to. Write one if requests name tenants otherwise than you do, by a phone number
 * for instance; make it a CDI bean and it is used.
 */
@FunctionalInterface
public interface TenantResolver {

    /**
     * The tenants that the claims may mean. Several are allowed: the one whose secret matches is the one. For an unsigned
     * sender there must be exactly one, and naming a known one is all that is asked, so return none for what you do not
     * know.
     *
     * @return tenant names; empty if nobody is meant
     * @throws SecretUnavailableException if it could not look
     */
    List<String> tenants(TenantClaims claims);

    /** The tenant is what the request says under the claim {@code tenant}. */
    static TenantResolver identity() {
        return IdentityTenantResolver.INSTANCE;
    }
}
