package org.verifiedwebhook;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.KeyRule;

/** Makes keys of configured secrets, as a sender's {@link KeyRule} says. */
final class Keys {

    /** What stands before the 32 bytes of a bare Ed25519 key to make it a SubjectPublicKeyInfo (RFC 8410 section 4). */
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private Keys() {}

    /**
     * The key's bytes.
     *
     * @throws SecretUnavailableException if the secret is not what the sender hands out: our own mistake, not the
     *     caller's
     */
    static byte[] bytes(Secret secret, KeyRule rule) {
        try {
            byte[] key = decode(strip(secret.bytes(), rule), rule);
            if (key.length == 0) {
                throw new IllegalArgumentException("nothing is left of it");
            }
            return rule.digestSha1() ? MessageDigest.getInstance("SHA-1").digest(key) : key;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // The cause's message could quote the secret.
            throw unusable(secret, rule);
        }
    }

    private static SecretUnavailableException unusable(Secret secret, KeyRule rule) {
        return new SecretUnavailableException("secret '" + secret.label() + "' is no key: expected " + rule.decode()
                + " of a " + rule.format() + " key; configure it as the sender hands it out");
    }

    private static byte[] strip(byte[] secret, KeyRule rule) {
        byte[] prefix = rule.strip().getBytes(StandardCharsets.UTF_8);
        boolean there =
                secret.length >= prefix.length && Arrays.equals(secret, 0, prefix.length, prefix, 0, prefix.length);
        return there ? Arrays.copyOfRange(secret, prefix.length, secret.length) : secret;
    }

    private static byte[] decode(byte[] secret, KeyRule rule) {
        byte[] text = secret;
        if (rule.normaliseNfkd()) {
            text = Normalizer.normalize(new String(secret, StandardCharsets.UTF_8), Normalizer.Form.NFKD)
                    .getBytes(StandardCharsets.UTF_8);
        }
        return switch (rule.decode()) {
            case UTF8 -> text;
            case BASE64 -> Base64.getDecoder().decode(text);
            case HEX -> HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII));
        };
    }

    /**
     * A public key.
     *
     * @throws SecretUnavailableException if the secret is none
     */
    static PublicKey publicKey(Secret secret, KeyRule rule, Algorithm algorithm) {
        byte[] bytes = bytes(secret, rule);
        try {
            if (rule.format() == KeyRule.Format.X509) {
                return CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(bytes))
                        .getPublicKey();
            }
            String family =
                    switch (algorithm) {
                        case ED25519 -> "Ed25519";
                        case ECDSA_P256_SHA256 -> "EC";
                        default -> "RSA";
                    };
            boolean bareEdKey = algorithm == Algorithm.ED25519 && rule.format() == KeyRule.Format.RAW;
            byte[] spki = bareEdKey ? concat(ED25519_SPKI, bytes) : bytes;
            return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw unusable(secret, rule);
        }
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }
}
