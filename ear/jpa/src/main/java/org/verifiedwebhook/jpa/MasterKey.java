package org.verifiedwebhook.jpa;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that encrypts stored secrets, and the id that is stored beside what it encrypted. */
final class MasterKey {

    private static final int LENGTH = 32;
    private static final int ID_BYTES = 4;

    private final String id;
    private final SecretKey key;

    private MasterKey(String id, SecretKey key) {
        this.id = id;
        this.key = key;
    }

    /**
     * Reads the value of a setting.
     *
     * @param setting its name, for the message
     * @throws JpaConfigurationException if it is not base64 of 32 bytes
     */
    static MasterKey parse(String setting, String value) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(value.strip());
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the offending character of the key.
            throw new JpaConfigurationException(setting + " is not base64. " + MasterKeys.CURE);
        }
        if (bytes.length != LENGTH) {
            throw new JpaConfigurationException(
                    setting + " has " + bytes.length + " bytes instead of " + LENGTH + ". " + MasterKeys.CURE);
        }
        return new MasterKey(idOf(bytes), new SecretKeySpec(bytes, "AES"));
    }

    private static String idOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The first eight hex digits of the key's SHA-256. */
    String id() {
        return id;
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + ", ***]";
    }
}
