package org.verifiedwebhook.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret shows itself to nobody, and nothing is none. */
class SecretTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void toString_masks() {
        Secret secret = Secret.ofText("current", "canary-canary-canary");
        String all = secret + " " + SecretSet.of(secret) + " "
                + secret.validFrom(NOW).validUntil(NOW.plusSeconds(1));
        assertFalse(all.contains("canary"), all);
        assertTrue(all.contains("current"), all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", " \t\r\n\0", "\u001f"})
    void emptyOrBlank_cannotBeMade(String text) {
        assertThrows(IllegalArgumentException.class, () -> Secret.ofText("s", text));
    }

    @Test
    void bytes_areCopiedBothWays() {
        byte[] bytes = {1, 2, 'x'};
        Secret secret = Secret.of("s", bytes);
        bytes[0] = 9;
        secret.bytes()[1] = 9;
        assertArrayEquals(new byte[] {1, 2, 'x'}, secret.bytes());
        assertEquals(3, secret.length());
    }

    @Test
    void validity_beginsWithItsFirstInstantAndEndsBeforeItsLast() {
        Secret secret = Secret.ofText("s", "x").validFrom(NOW).validUntil(NOW.plusSeconds(10));
        assertFalse(secret.activeAt(NOW.minusNanos(1)));
        assertTrue(secret.activeAt(NOW));
        assertTrue(secret.activeAt(NOW.plusSeconds(10).minusNanos(1)));
        assertFalse(secret.activeAt(NOW.plusSeconds(10)));
    }
}
