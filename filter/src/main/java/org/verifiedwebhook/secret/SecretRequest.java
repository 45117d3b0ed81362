package org.verifiedwebhook.secret;

import java.util.Objects;
import java.util.Optional;

/**
 * Whose secrets are asked for.
 *
 * @param sender the sender's name
 * @param tenant the tenant as {@link TenantResolver} names it; absent if the sender has no tenants. <strong>Not
 *     verified yet</strong>: use it as a parameter of a query, never as part of one
 * @param keyId the key that the request names, a certificate's URL for instance, if its sender does so. <strong>Not
 *     verified</strong>: answer only for keys and places you trust beforehand
 */
public record SecretRequest(String sender, Optional<String> tenant, Optional<String> keyId) {
    public SecretRequest {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(keyId, "keyId");
    }

    /** A request that names no key. */
    public SecretRequest(String sender, Optional<String> tenant) {
        this(sender, tenant, Optional.empty());
    }
}
