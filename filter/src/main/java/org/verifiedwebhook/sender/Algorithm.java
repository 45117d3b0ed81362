package org.verifiedwebhook.sender;

import java.util.OptionalInt;

/** What turns a key and the signed content into a signature. */
public enum Algorithm {
    /** HMAC with SHA-256 (RFC 2104). */
    HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
    /** HMAC with SHA-1: for senders that know no better. Its collisions do not reach HMAC, but do not choose it anew. */
    HMAC_SHA1("hmac-sha1", "HmacSHA1", 20),
    /** HMAC with SHA-512. */
    HMAC_SHA512("hmac-sha512", "HmacSHA512", 64),
    /** A plain digest over content that holds the secret itself. */
    SHA256("sha256", "SHA-256", 32),
    /** Ed25519 (RFC 8032); the configured secret is the public key. */
    ED25519("ed25519", "Ed25519", 64),
    /** ECDSA on P-256 with SHA-256, DER encoded; the configured secret is the public key. */
    ECDSA_P256_SHA256("ecdsa-p256-sha256", "SHA256withECDSA", -1),
    /** RSA PKCS #1 v1.5 with SHA-256; the configured secret is the public key or certificate. */
    RSA_SHA256("rsa-sha256", "SHA256withRSA", -1);

    private final String key;
    private final String jcaName;
    private final int length;

    Algorithm(String key, String jcaName, int length) {
        this.key = key;
        this.jcaName = jcaName;
        this.length = length;
    }

    /** The name in sender files. */
    public String key() {
        return key;
    }

    /** The name in the Java Cryptography Architecture. */
    public String jcaName() {
        return jcaName;
    }

    /** The length of every signature in bytes; absent where it depends on the key. */
    public OptionalInt signatureLength() {
        return length < 0 ? OptionalInt.empty() : OptionalInt.of(length);
    }

    /** Whether verifying computes the tag and compares it, as against checking it with a public key. */
    public boolean symmetric() {
        return this == HMAC_SHA256 || this == HMAC_SHA1 || this == HMAC_SHA512 || this == SHA256;
    }
}
