package org.verifiedwebhook.secret;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request says of its tenant, for instance an external id, or a number called and a number calling.
 * <strong>Nothing of it is verified.</strong>
 *
 * @param sender the sender's name
 * @param values by the names in the sender's file; strict UTF-8, without control characters, at most 256 characters
 */
public record TenantClaims(String sender, Map<String, String> values) {
    public TenantClaims {
        Objects.requireNonNull(sender, "sender");
        values = Map.copyOf(values);
    }

    /** The value of that name, if the request had one. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
