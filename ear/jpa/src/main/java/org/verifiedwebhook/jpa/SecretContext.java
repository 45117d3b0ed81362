package org.verifiedwebhook.jpa;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a stored secret belongs to. It is bound to the ciphertext, so that a row copied or moved to another sender, tenant
 * or id does not decrypt.
 */
record SecretContext(String sender, Optional<String> tenant, String id) {

    /** An injective encoding: a version, then each part behind its length; no tenant differs from an empty one. */
    byte[] associatedData() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            write(out, sender);
            out.writeBoolean(tenant.isPresent());
            write(out, tenant.orElse(""));
            write(out, id);
        } catch (IOException e) {
            throw new IllegalStateException("an array takes every byte", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
