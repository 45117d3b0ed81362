package org.verifiedwebhook.secret;

import java.util.Objects;
import java.util.Optional;

/**
 * Whose secrets are asked for.
 *
 * @param sender the sender's name
 * @param tenant the tenant as {@link TenantResolver} names it; absent if the sender has no tenants. <strong>Not
 *     verified yet</strong>: use it as a parameter of a query, never as part of one
 */
public record SecretRequest(String sender, Optional<String> tenant) {
    public SecretRequest {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(tenant, "tenant");
    }
}
