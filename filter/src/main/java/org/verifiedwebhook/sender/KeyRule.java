package org.verifiedwebhook.sender;

import java.util.Objects;

/**
 * How the configured secret becomes the key.
 *
 * @param strip a prefix taken off if it is there, {@code whsec_} for instance; empty for none
 * @param decode what the text is
 * @param digestSha1 whether the key is the SHA-1 of the decoded bytes
 * @param normaliseNfkd whether the text is first brought to Unicode normalisation form NFKD
 * @param format how a public key is packed
 */
public record KeyRule(String strip, Decode decode, boolean digestSha1, boolean normaliseNfkd, Format format) {

    /** The secret's UTF-8 bytes as they are: the default. */
    public static final KeyRule UTF8 = new KeyRule("", Decode.UTF8, false, false, Format.RAW);

    /** What the configured text is. */
    public enum Decode {
        /** The key is the text's UTF-8 bytes, even if it looks like hex or base64. */
        UTF8,
        /** The text is base 64 of the key. */
        BASE64,
        /** The text is base 16 of the key. */
        HEX
    }

    /** How a public key is packed. */
    public enum Format {
        /** The bare key bytes. */
        RAW,
        /** SubjectPublicKeyInfo (RFC 5280). */
        SPKI,
        /** An X.509 certificate. */
        X509
    }

    public KeyRule {
        Objects.requireNonNull(strip, "strip");
        Objects.requireNonNull(decode, "decode");
        Objects.requireNonNull(format, "format");
    }
}
