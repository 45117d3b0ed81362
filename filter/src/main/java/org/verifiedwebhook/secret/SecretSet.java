package org.verifiedwebhook.secret;

import java.time.Instant;
import java.util.List;

/**
 * The secrets of one tenant, the current one first. Several, because a rotation overlaps; none, if the tenant is
 * unknown or has no secret.
 *
 * @param secrets in order of preference
 */
public record SecretSet(List<Secret> secrets) {

    private static final SecretSet NONE = new SecretSet(List.of());

    public SecretSet {
        secrets = List.copyOf(secrets);
    }

    /** No secret: the tenant is unknown or has none. */
    public static SecretSet none() {
        return NONE;
    }

    /** These secrets, the current one first. */
    public static SecretSet of(Secret... secrets) {
        return new SecretSet(List.of(secrets));
    }

    /** Those that count at {@code now}, in order. */
    public SecretSet activeAt(Instant now) {
        return new SecretSet(secrets.stream().filter(s -> s.activeAt(now)).toList());
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return secrets.isEmpty();
    }
}
