package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTest {

    private static final byte[] PLAIN = "0123456789abcdef-value".getBytes(StandardCharsets.UTF_8);
    private static final SecretContext CONTEXT = new SecretContext("edgvoip", Optional.of("acme"), "id-1");

    private final Map<String, String> settings = new HashMap<>();
    private final SecretCipher cipher = new SecretCipher(new MasterKeys(k -> Optional.ofNullable(settings.get(k))));

    @BeforeEach
    void setKey() {
        settings.put("key", StoreContract.key(1));
    }

    @Test
    void sealed_opens() throws GeneralSecurityException {
        assertArrayEquals(PLAIN, cipher.open(CONTEXT, cipher.seal(CONTEXT, PLAIN)));
    }

    @Test
    void otherContext_doesNotOpen() {
        SealedSecret sealed = cipher.seal(CONTEXT, PLAIN);

        for (SecretContext other : new SecretContext[] {
            new SecretContext("edgvoiq", Optional.of("acme"), "id-1"),
            new SecretContext("edgvoip", Optional.of("acmf"), "id-1"),
            new SecretContext("edgvoip", Optional.empty(), "id-1"),
            new SecretContext("edgvoip", Optional.of(""), "id-1"),
            new SecretContext("edgvoip", Optional.of("acme"), "id-2"),
            new SecretContext("edgvoipa", Optional.of("cme"), "id-1"),
            new SecretContext("edgvoip", Optional.of("acmei"), "d-1")
        }) {
            assertThrows(GeneralSecurityException.class, () -> cipher.open(other, sealed), other.toString());
        }
    }

    @Test
    void noTenantAndEmptyTenant_differ() {
        assertNotEquals(
                Arrays.toString(new SecretContext("s", Optional.empty(), "i").associatedData()),
                Arrays.toString(new SecretContext("s", Optional.of(""), "i").associatedData()));
    }

    @Test
    void everyAlteredByte_doesNotOpen() {
        SealedSecret sealed = cipher.seal(CONTEXT, PLAIN);
        byte[] ciphertext = Base64.getDecoder().decode(sealed.ciphertext());
        byte[] nonce = Base64.getDecoder().decode(sealed.nonce());

        for (int i = 0; i < ciphertext.length; i++) {
            String altered = flipped(ciphertext, i);
            assertThrows(
                    GeneralSecurityException.class,
                    () -> cipher.open(CONTEXT, new SealedSecret(sealed.keyId(), sealed.nonce(), altered)));
        }
        for (int i = 0; i < nonce.length; i++) {
            String altered = flipped(nonce, i);
            assertThrows(
                    GeneralSecurityException.class,
                    () -> cipher.open(CONTEXT, new SealedSecret(sealed.keyId(), altered, sealed.ciphertext())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "!", "AAAA", "AAAAAAAAAAAAAAAA"})
    void malformed_doesNotOpen(String text) {
        SealedSecret sealed = cipher.seal(CONTEXT, PLAIN);

        assertThrows(
                GeneralSecurityException.class,
                () -> cipher.open(CONTEXT, new SealedSecret(sealed.keyId(), sealed.nonce(), text)));
        assertThrows(
                GeneralSecurityException.class,
                () -> cipher.open(CONTEXT, new SealedSecret(sealed.keyId(), text, sealed.ciphertext())));
    }

    @Test
    void otherKeyUnderTheSameId_doesNotOpen() {
        SealedSecret sealed = cipher.seal(CONTEXT, PLAIN);
        settings.put("key", StoreContract.key(2));
        SealedSecret relabelled = new SealedSecret(cipher.currentKeyId(), sealed.nonce(), sealed.ciphertext());

        assertThrows(GeneralSecurityException.class, () -> cipher.open(CONTEXT, relabelled));
    }

    @Test
    void unknownKeyId_namesTheSetting() {
        SealedSecret sealed = cipher.seal(CONTEXT, PLAIN);
        settings.put("key", StoreContract.key(2));

        JpaConfigurationException e = assertThrows(JpaConfigurationException.class, () -> cipher.open(CONTEXT, sealed));
        assertTrue(e.getMessage().contains("webhook/jpa/key-previous"));
        assertTrue(e.getMessage().contains(sealed.keyId()));
    }

    @Test
    void keyId_isTheStartOfItsDigest() {
        // printf '\1%.0s' {1..32} | sha256sum
        assertEquals("72cd6e84", cipher.currentKeyId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "c2hvcnQ=", "not base64 !", "AAAA-AAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void wrongKey_namesSettingAndCureButNotTheValue(String value) {
        settings.put("key", value);

        JpaConfigurationException e = assertThrows(JpaConfigurationException.class, () -> cipher.seal(CONTEXT, PLAIN));
        assertTrue(e.getMessage().startsWith("webhook/jpa/key "), e.getMessage());
        assertTrue(e.getMessage().contains("openssl rand -base64 32"));
        assertFalse(!value.isBlank() && e.getMessage().contains(value));
    }

    @Test
    void keyWithLineEnd_isRead() throws GeneralSecurityException {
        SealedSecret sealed = cipher.seal(CONTEXT, PLAIN);
        settings.put("key", StoreContract.key(1) + "\n");

        assertArrayEquals(PLAIN, cipher.open(CONTEXT, sealed));
    }

    @Test
    void masterKey_isMasked() {
        assertEquals(
                "MasterKey[72cd6e84, ***]",
                MasterKey.parse("k", StoreContract.key(1)).toString());
    }

    private static String flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= 1;
        return Base64.getEncoder().encodeToString(copy);
    }
}
