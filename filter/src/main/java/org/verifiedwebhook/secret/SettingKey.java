package org.verifiedwebhook.secret;

import java.util.Arrays;
import java.util.List;

/** The keys that a sender's settings can have. Whoever reads one takes it from here, so no other can have a meaning. */
public enum SettingKey {
    SECRET("secret"),
    SECRET_NEXT("secret-next"),
    SECRET_PREVIOUS("secret-previous"),
    SECRET_PREVIOUS_UNTIL("secret-previous-until"),
    ALLOW_SHORT_SECRETS("allow-short-secrets"),
    SCHEME("scheme"),
    SIGNATURE_HEADER("signature-header"),
    TOLERANCE("tolerance"),
    TENANT_FROM("tenant-from"),
    QUERY("query"),
    MAX_BODY("max-body"),
    RETENTION("retention"),
    ACKNOWLEDGE("acknowledge"),
    ORDERING("ordering"),
    HANDLE_COPIES("handle-copies"),
    REVEAL_UNKNOWN_TENANTS("reveal-unknown-tenants"),
    KNOWN_TENANTS("known-tenants"),
    ENDPOINT_URL("endpoint-url"),
    REQUIRE_HTTPS("require-https"),
    PUBLIC_URL("public-url"),
    TRUSTED_PROXIES("trusted-proxies");

    /** What the name of a value begins with that a sender's file leaves to the operator. */
    public static final String CONFIG = "config/";

    private static final List<SettingKey> OF_TENANTS =
            List.of(SECRET, SECRET_NEXT, SECRET_PREVIOUS, SECRET_PREVIOUS_UNTIL);

    private final String key;

    SettingKey(String key) {
        this.key = key;
    }

    /** As it is written. */
    public String key() {
        return key;
    }

    /** The keys that a sender can have, as they are written. */
    public static List<String> ofSenders() {
        return Arrays.stream(values()).map(SettingKey::key).toList();
    }

    /** The keys that a tenant can have, as they are written. */
    public static List<String> ofTenants() {
        return OF_TENANTS.stream().map(SettingKey::key).toList();
    }

    @Override
    public String toString() {
        return key;
    }
}
