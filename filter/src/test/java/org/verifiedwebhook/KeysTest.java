package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.KeyRule;

/** How a configured secret becomes a key, and that what is none never does. */
class KeysTest {

    /** Self-signed, EC, with the key of {@link #CERTIFIED}. */
    private static final String CERTIFICATE =
            "MIIBNjCB3qADAgECAgkAoc4YXeYHI6cwCgYIKoZIzj0EAwIwDzENMAsGA1UEAxMEdGVzdDAgFw0yNjExMjIyMDU5NTZaGA8yMTI2MTAy"
                    + "OTIwNTk1NlowDzENMAsGA1UEAxMEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDCuxq4YebbogU0vM9A6xXyQHKQ5"
                    + "3m5os0cdWpQ037DWp/WRUFWTzc9kCv6LDoQuzZPn0D2GophUyXyP3TbnGd2jITAfMB0GA1UdDgQWBBQGemCzNfMxG5n7s+s+"
                    + "1DbA93plNTAKBggqhkjOPQQDAgNHADBEAiB26eEBLWZmQFqGbLWOtPoHLFPrsCJvAbrV6W0IzbawbwIgJiuDZsL70zE8Xcd1"
                    + "PmZmmaIlDnY/rrHc1eOg78WKgS8=";

    private static final String CERTIFIED = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMK7Grhh5tuiBTS8z0DrFfJAcpDne"
            + "bmizRx1alDTfsNan9ZFQVZPNz2QK/osOhC7Nk+fQPYaimFTJfI/dNucZ3Q==";

    private static KeyRule rule(String strip, KeyRule.Decode decode) {
        return new KeyRule(strip, decode, false, false, KeyRule.Format.RAW);
    }

    private static KeyRule packed(KeyRule.Format format) {
        return new KeyRule("", KeyRule.Decode.BASE64, false, false, format);
    }

    private static byte[] key(String text, KeyRule rule) {
        return Keys.bytes(Secret.ofText("current", text), rule);
    }

    @ParameterizedTest
    @CsvSource({
        "whsec_abc, abc",
        "whsec_whsec_a, whsec_a",
        "abc, abc",
        "whsec, whsec",
        "xwhsec_abc, xwhsec_abc",
        "whsec-abc, whsec-abc",
        "WHSEC_abc, WHSEC_abc"
    })
    void prefix_isTakenOffOnceIfItIsThere(String text, String key) {
        assertArrayEquals(utf8(key), key(text, rule("whsec_", KeyRule.Decode.UTF8)));
    }

    @Test
    void textThatLooksEncoded_isTakenAsItIs() {
        assertArrayEquals(utf8("00ff"), key("00ff", KeyRule.UTF8));
        assertArrayEquals(utf8("e\u0301"), key("e\u0301", KeyRule.UTF8));
        assertArrayEquals(utf8("\u00e9"), key("\u00e9", KeyRule.UTF8));
    }

    @Test
    void encodedKey_isDecoded() {
        byte[] bytes = {0, (byte) 0xFF, 0x10};
        assertArrayEquals(bytes, key("00ff10", rule("", KeyRule.Decode.HEX)));
        assertArrayEquals(bytes, key("AP8Q", rule("", KeyRule.Decode.BASE64)));
        assertArrayEquals(bytes, key("whsec_AP8Q", rule("whsec_", KeyRule.Decode.BASE64)));
    }

    @Test
    void normalisedKey_isNfkd() {
        KeyRule rule = new KeyRule("", KeyRule.Decode.UTF8, false, true, KeyRule.Format.RAW);
        assertArrayEquals(utf8("e\u0301fi"), key("\u00e9\ufb01", rule));
    }

    @Test
    void digestedKey_isTheSha1OfTheDecodedOne() throws GeneralSecurityException {
        KeyRule rule = new KeyRule("", KeyRule.Decode.HEX, true, false, KeyRule.Format.RAW);
        assertArrayEquals(MessageDigest.getInstance("SHA-1").digest(new byte[] {1, 2}), key("0102", rule));
    }

    @ParameterizedTest
    @CsvSource({"whsec_, BASE64", "whsec_, UTF8", "whsec_Top$ecret, BASE64", "whsec_TopSecret, HEX", "whsec_a, HEX"})
    void whatIsNoKey_isOurMistakeAndStaysUnsaid(String text, KeyRule.Decode decode) {
        SecretUnavailableException e =
                assertThrows(SecretUnavailableException.class, () -> key(text, rule("whsec_", decode)));
        assertTrue(e.getMessage().contains("'current' is no key: expected " + decode), e.getMessage());
        assertFalse(e.getMessage().contains("Top"), e.getMessage());
        assertEquals(null, e.getCause());
    }

    private static PublicKey made(String family, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        if (size > 0) {
            generator.initialize(size);
        }
        return generator.generateKeyPair().getPublic();
    }

    private static PublicKey read(byte[] bytes, KeyRule.Format format, Algorithm algorithm) {
        String text = Base64.getEncoder().encodeToString(bytes);
        return Keys.publicKey(Secret.ofText("current", text), packed(format), algorithm);
    }

    @Test
    void publicKeyAsSpki_isRead() throws GeneralSecurityException {
        PublicKey rsa = made("RSA", 2048);
        PublicKey ec = made("EC", 256);
        PublicKey ed = made("Ed25519", 0);
        assertEquals(rsa, read(rsa.getEncoded(), KeyRule.Format.SPKI, Algorithm.RSA_SHA256));
        assertEquals(rsa, read(rsa.getEncoded(), KeyRule.Format.RAW, Algorithm.RSA_SHA256));
        assertEquals(ec, read(ec.getEncoded(), KeyRule.Format.SPKI, Algorithm.ECDSA_P256_SHA256));
        assertEquals(ed, read(ed.getEncoded(), KeyRule.Format.SPKI, Algorithm.ED25519));
    }

    @Test
    void bareEd25519Key_isRead() throws GeneralSecurityException {
        PublicKey ed = made("Ed25519", 0);
        byte[] bare = Arrays.copyOfRange(ed.getEncoded(), 12, 44);
        assertEquals(ed, read(bare, KeyRule.Format.RAW, Algorithm.ED25519));
    }

    @Test
    void certificate_givesItsKey() {
        PublicKey key = read(Base64.getDecoder().decode(CERTIFICATE), KeyRule.Format.X509, Algorithm.ECDSA_P256_SHA256);
        assertArrayEquals(Base64.getDecoder().decode(CERTIFIED), key.getEncoded());
    }

    @ParameterizedTest
    @EnumSource(KeyRule.Format.class)
    void garbage_isNoPublicKey(KeyRule.Format format) {
        for (Algorithm algorithm :
                new Algorithm[] {Algorithm.ED25519, Algorithm.ECDSA_P256_SHA256, Algorithm.RSA_SHA256}) {
            assertThrows(SecretUnavailableException.class, () -> read(new byte[31], format, algorithm));
        }
    }

    @Test
    void keyOfAnotherFamily_isNoPublicKey() throws GeneralSecurityException {
        byte[] rsa = made("RSA", 2048).getEncoded();
        assertThrows(
                SecretUnavailableException.class, () -> read(rsa, KeyRule.Format.SPKI, Algorithm.ECDSA_P256_SHA256));
        assertThrows(SecretUnavailableException.class, () -> read(rsa, KeyRule.Format.SPKI, Algorithm.ED25519));
    }

    /** What stands for the key of a tenant that does not exist must be one, or the answer would be another. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void decoy_isAKeyOfEveryAlgorithm(Algorithm algorithm) {
        Secret decoy = Decoy.of(algorithm);
        if (!algorithm.symmetric()) {
            String family = Keys.publicKey(decoy, Decoy.PUBLIC_KEY, algorithm).getAlgorithm();
            assertEquals(
                    switch (algorithm) {
                        case ED25519 -> "EdDSA";
                        case RSA_SHA256 -> "RSA";
                        default -> "EC";
                    },
                    family);
            return;
        }
        for (KeyRule.Decode decode : KeyRule.Decode.values()) {
            assertTrue(Keys.bytes(decoy, rule("whsec_", decode)).length >= 32);
        }
        assertEquals(
                32,
                HexFormat.of().parseHex(new String(decoy.bytes(), java.nio.charset.StandardCharsets.US_ASCII)).length);
    }
}
