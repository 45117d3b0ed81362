package org.verifiedwebhook;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.KeyRule;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.SignatureScheme;

/**
 * Keys that stand for those of a tenant that does not exist, so that its requests cost the same time. Everybody may know
 * them: what is checked with them is thrown away.
 */
final class Decoy {

    /** How the public ones are written. */
    static final KeyRule PUBLIC_KEY = new KeyRule("", KeyRule.Decode.HEX, false, false, KeyRule.Format.SPKI);

    // One text that is UTF-8, base 64 and base 16 at once, whatever a sender's keys are written in.
    private static final Secret SYMMETRIC = Secret.ofText("nobody", "0".repeat(64));
    // The base point of edwards25519 (RFC 8032 section 5.1) and that of P-256 (FIPS 186), and 2^2048 - 1.
    private static final Secret ED25519 = Secret.ofText("nobody", "302a300506032b6570032100" + "58" + "66".repeat(31));
    private static final Secret P256 = Secret.ofText(
            "nobody",
            "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    private static final Secret RSA = Secret.ofText(
            "nobody",
            "30820122300d06092a864886f70d01010105000382010f003082010a0282010100" + "ff".repeat(256) + "0203010001");

    /** No sender's name. */
    private static final String NOBODY = "";

    private static final Map<Algorithm, SecretSet> SETS = new EnumMap<>(Algorithm.class);

    static {
        for (Algorithm algorithm : Algorithm.values()) {
            SETS.put(algorithm, SecretSet.of(of(algorithm)));
        }
    }

    private Decoy() {}

    /** A provider that has secrets for {@link #request}, too, and asks {@code provider} nothing then. */
    static SecretProvider besides(SecretProvider provider) {
        return request -> isNobodys(request) ? SecretSet.of(SYMMETRIC) : provider.secretsFor(request);
    }

    /** What is looked up where there is no tenant to ask for: one for all, so that it takes one place in a cache. */
    static SecretRequest request() {
        return new SecretRequest(NOBODY, Optional.of("nobody"));
    }

    /** Whether it is {@link #request}: then what is found is no secret of anybody. */
    static boolean isNobodys(SecretRequest request) {
        return request.sender().equals(NOBODY);
    }

    /** What is tried in the place of secrets; whatever matches it, nobody is verified by it. */
    static List<Secret> secrets(Scheme scheme) {
        Algorithm algorithm = scheme instanceof SignatureScheme s ? s.algorithm() : Algorithm.SHA256;
        return SETS.get(algorithm).secrets();
    }

    static Secret of(Algorithm algorithm) {
        return switch (algorithm) {
            case ED25519 -> ED25519;
            case ECDSA_P256_SHA256 -> P256;
            case RSA_SHA256 -> RSA;
            default -> SYMMETRIC;
        };
    }
}
