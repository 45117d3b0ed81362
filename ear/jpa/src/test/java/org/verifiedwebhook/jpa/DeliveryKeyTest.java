package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.delivery.DeliveryKeys;

class DeliveryKeyTest {

    @Test
    void key_is64PlainCharactersWhateverTheSenderWrote() {
        DeliveryKeys keys = keys("s", "acme\u0000\ud800" + "x".repeat(100_000), "f\u0000", Optional.of("\udc00 é"));

        assertTrue(DeliveryKey.fingerprint(keys).matches("[0-9a-f]{64}"));
        assertTrue(DeliveryKey.id(keys).orElseThrow().matches("[0-9a-f]{64}"));
    }

    @Test
    void partsThatJoinToTheSameText_haveDifferentKeys() {
        Set<String> keys = new HashSet<>();
        List.of(
                        keys("ab", "c", "d", Optional.empty()),
                        keys("a", "bc", "d", Optional.empty()),
                        keys("a", "b", "cd", Optional.empty()),
                        keys("", "ab", "cd", Optional.empty()),
                        keys("a", "", "bcd", Optional.empty()),
                        keys("a", "b", "CD", Optional.empty()),
                        keys("a", "b", "cd ", Optional.empty()),
                        keys("a", "b", "\ud800", Optional.empty()),
                        keys("a", "b", "\ud801", Optional.empty()),
                        keys("a", "b", "?", Optional.empty()))
                .forEach(k -> keys.add(DeliveryKey.fingerprint(k)));

        assertEquals(10, keys.size());
    }

    @Test
    void idAndFingerprintOfTheSameText_haveDifferentKeys() {
        DeliveryKeys keys = keys("s", "t", "same", Optional.of("same"));

        assertNotEquals(DeliveryKey.fingerprint(keys), DeliveryKey.id(keys).orElseThrow());
    }

    @Test
    void noId_noKey() {
        assertEquals(Optional.empty(), DeliveryKey.id(keys("s", "t", "f", Optional.empty())));
    }

    private static DeliveryKeys keys(String sender, String tenant, String fingerprint, Optional<String> id) {
        return new DeliveryKeys(sender, tenant, fingerprint, id);
    }
}
