package org.verifiedwebhook.jpa;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.verifiedwebhook.delivery.DeliveryKeys;

/**
 * The unique keys of a delivery as columns: lower case hex of SHA-256 over kind, sender, tenant and value, each with its
 * length before it. Whatever a sender writes, a key is 64 plain characters.
 */
final class DeliveryKey {

    private DeliveryKey() {}

    /** For {@code fingerprint_key}. */
    static String fingerprint(DeliveryKeys keys) {
        return digest("fingerprint", keys.sender(), keys.tenant(), keys.fingerprint());
    }

    /** For {@code id_key}; empty if the delivery has no id that counts. */
    static Optional<String> id(DeliveryKeys keys) {
        return keys.id().map(id -> digest("id", keys.sender(), keys.tenant(), id));
    }

    /** For {@code ordering_key} of the inbox. */
    static String ordering(String sender, String tenant, String value) {
        return digest("ordering", sender, tenant, value);
    }

    private static String digest(String... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : parts) {
                out.writeInt(part.length());
                // Not UTF-8: it makes all lone surrogates one.
                out.writeChars(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
