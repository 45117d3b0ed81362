package org.verifiedwebhook.jpa;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** Encrypts secrets with AES-256 in Galois/Counter Mode (NIST SP 800-38D). */
final class SecretCipher {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final MasterKeys keys;

    SecretCipher(MasterKeys keys) {
        this.keys = keys;
    }

    /** The id of the key that {@link #seal} uses now. */
    String currentKeyId() {
        return keys.current().id();
    }

    /**
     * Encrypts under the current key. The nonce is random (section 8.2.2): fine for 2^32 secrets per key.
     *
     * @throws JpaConfigurationException if there is no usable key
     */
    SealedSecret seal(SecretContext context, byte[] plain) {
        MasterKey key = keys.current();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, context, plain);
            return new SealedSecret(key.id(), encode(nonce), encode(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + TRANSFORMATION, e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws JpaConfigurationException if the key is not at hand
     * @throws GeneralSecurityException if anything was altered, or belongs to something else
     */
    byte[] open(SecretContext context, SealedSecret sealed) throws GeneralSecurityException {
        MasterKey key = keys.byId(sealed.keyId());
        try {
            return run(Cipher.DECRYPT_MODE, key, decode(sealed.nonce()), context, decode(sealed.ciphertext()));
        } catch (IllegalArgumentException | ProviderException e) {
            // Not base64, or shorter than a tag.
            throw new GeneralSecurityException("malformed", e);
        }
    }

    private static byte[] run(int mode, MasterKey key, byte[] nonce, SecretContext context, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.associatedData());
        return cipher.doFinal(text);
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}
