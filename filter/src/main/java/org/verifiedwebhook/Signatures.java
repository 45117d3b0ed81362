package org.verifiedwebhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.verifiedwebhook.Tenancies.Candidate;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.KeyRule;
import org.verifiedwebhook.sender.SignatureScheme;

/** Checks signatures over signed content. Compares in constant time; a broken signature is wrong, never an exception. */
final class Signatures {

    /** Longer than a block of every algorithm. */
    private static final byte[] NO_KEY = new byte[129];

    private Signatures() {}

    /**
     * Whether {@code candidate} made one of {@code tags}.
     *
     * @param tags decoded signatures
     * @return the place in {@code tags} of the one that matches; -1 if none does, and of a decoy whatever does
     */
    static int matching(SignatureScheme scheme, Candidate candidate, SignedContent content, List<byte[]> tags) {
        Algorithm algorithm = scheme.algorithm();
        KeyRule rule = candidate.decoy() && !algorithm.symmetric() ? Decoy.PUBLIC_KEY : scheme.key();
        int match = matching(algorithm, rule, candidate.secret(), content, tags);
        return candidate.decoy() ? -1 : match;
    }

    private static int matching(
            Algorithm algorithm, KeyRule rule, Secret secret, SignedContent content, List<byte[]> tags) {
        return algorithm.symmetric()
                ? matchingTag(tag(algorithm, Keys.bytes(secret, rule), content), tags)
                : matchingSignature(algorithm, Keys.publicKey(secret, rule, algorithm), content, tags);
    }

    static int matchingTag(byte[] computed, List<byte[]> tags) {
        int match = -1;
        for (int i = 0; i < tags.size(); i++) {
            // isEqual looks at every byte whatever the first ones are.
            if (MessageDigest.isEqual(computed, tags.get(i))) {
                match = i;
            }
        }
        return match;
    }

    /** The tag of a symmetric algorithm. */
    static byte[] tag(Algorithm algorithm, byte[] key, SignedContent content) {
        try {
            if (algorithm == Algorithm.SHA256) {
                MessageDigest digest = MessageDigest.getInstance(algorithm.jcaName());
                content.feed(key, digest::update);
                return digest.digest();
            }
            Mac mac = Mac.getInstance(algorithm.jcaName());
            mac.init(new SecretKeySpec(block(algorithm, key), algorithm.jcaName()));
            content.feed(key, mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            // RFC 2104 takes a key of any length, and every Java platform has these algorithms.
            throw new IllegalStateException(algorithm.jcaName() + " is not available", e);
        }
    }

    /**
     * The key as RFC 2104 fills it up with zeros to a block, or its digest if it is longer than one. The digest is made for a
     * shorter one, too, of something else, and thrown away: a long secret must take no longer than what stands for nobody's.
     */
    private static byte[] block(Algorithm algorithm, byte[] key) throws GeneralSecurityException {
        int block = algorithm == Algorithm.HMAC_SHA512 ? 128 : 64;
        boolean longer = key.length > block;
        MessageDigest digest =
                MessageDigest.getInstance("SHA-" + algorithm.jcaName().substring("HmacSHA".length()));
        digest.update(longer ? key : NO_KEY, 0, longer ? key.length : block + 1);
        byte[] hashed = digest.digest();
        return Arrays.copyOf(longer ? hashed : key, block);
    }

    private static int matchingSignature(
            Algorithm algorithm, PublicKey key, SignedContent content, List<byte[]> signatures) {
        for (int i = 0; i < signatures.size(); i++) {
            if (plausible(key, signatures.get(i)) && verifies(algorithm, key, content, signatures.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The JDK takes some signatures of a wrong length or encoding (Wycheproof); these never reach it. */
    private static boolean plausible(PublicKey key, byte[] signature) {
        if (key instanceof RSAPublicKey rsa) {
            return signature.length == (rsa.getModulus().bitLength() + 7) / 8;
        }
        return key instanceof ECPublicKey ? Der.isCanonicalPair(signature, 32) : signature.length == 64;
    }

    private static boolean verifies(Algorithm algorithm, PublicKey key, SignedContent content, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm.jcaName());
            verifier.initVerify(key);
            verifier.update(content.bytes(new byte[0]));
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new org.verifiedwebhook.secret.SecretUnavailableException(
                    "the configured key is no " + algorithm.key() + " key: configure the sender's public key", e);
        }
    }
}
