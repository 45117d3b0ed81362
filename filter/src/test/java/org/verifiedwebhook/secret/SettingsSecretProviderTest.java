package org.verifiedwebhook.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets from settings: rotation, the floor, and values that are none. */
class SettingsSecretProviderTest {

    private static final String LONG = "0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static SecretSet secrets(Optional<String> tenant, String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put("webhook/zorio/" + settings[i], settings[i + 1]);
        }
        return new SettingsSecretProvider(Settings.of(map)).secretsFor(new SecretRequest("zorio", tenant));
    }

    private static SecretSet secrets(String... settings) {
        return secrets(Optional.empty(), settings);
    }

    private static List<String> labels(SecretSet set, Instant now) {
        return set.activeAt(now).secrets().stream().map(Secret::label).toList();
    }

    @Test
    void currentNextAndPrevious_allCount() {
        SecretSet set = secrets("secret", LONG + 1, "secret-next", LONG + 2, "secret-previous", LONG + 3);
        assertEquals(List.of("secret", "secret-next", "secret-previous"), labels(set, NOW));
    }

    @Test
    void previous_countsOnlyUntilItsEnd() {
        SecretSet set = secrets("secret", LONG, "secret-previous", LONG + 3, "secret-previous-until", NOW.toString());
        assertEquals(List.of("secret", "secret-previous"), labels(set, NOW.minusNanos(1)));
        assertEquals(List.of("secret"), labels(set, NOW));
    }

    @Test
    void tenantsSecrets_areItsOwn() {
        SecretSet set = secrets(Optional.of("acme"), "secret", LONG, "tenants/globex/secret", LONG);
        assertTrue(set.isEmpty());
        assertEquals(List.of("secret"), labels(secrets(Optional.of("acme"), "tenants/acme/secret", LONG), NOW));
        assertEquals(
                List.of("secret"), labels(secrets(Optional.of("../acme"), "tenants/_2e_2e_2facme/secret", LONG), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "acme/../..", "", "/", "a/secret", "*", "acme\u0000"})
    void nastyTenant_reachesNoOtherSetting(String tenant) {
        assertTrue(secrets(Optional.of(tenant), "secret", LONG, "tenants/acme/secret", LONG, "tenants/a/secret", LONG)
                .isEmpty());
    }

    @Test
    void secretUnderTheFloor_isRefusedWithoutItsValue() {
        String text = "fifteen-canary!";
        assertEquals(15, text.length());
        SecretUnavailableException e =
                assertThrows(SecretUnavailableException.class, () -> secrets("secret-next", text));
        check(e, "webhook/zorio/secret-next", text);
        assertEquals(
                1,
                secrets("secret", text, "allow-short-secrets", "true").secrets().size());
        assertThrows(SecretUnavailableException.class, () -> secrets("secret", text, "allow-short-secrets", "false"));
        assertEquals(1, secrets("secret", "sixteen-letters!").secrets().size());
    }

    private static void check(Exception e, String setting, String canary) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertTrue(e.getMessage().contains(setting), e.getMessage());
        assertFalse(trace.toString().contains(canary), trace::toString);
    }

    /** A file that was cut off, or a reference that came to nothing: our failure, and no other secret's beginning. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "                    "})
    void blankSecret_isUnavailable(String text) {
        for (String key : List.of("secret", "secret-next", "secret-previous")) {
            check(
                    assertThrows(
                            SecretUnavailableException.class,
                            () -> secrets(key, text, "secret-x", LONG, "allow-short-secrets", "true")),
                    "webhook/zorio/" + key,
                    "canary");
        }
        SecretUnavailableException e = assertThrows(
                SecretUnavailableException.class, () -> secrets(Optional.of("acme"), "tenants/acme/secret", text));
        assertTrue(e.getMessage().contains("remove it"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void blankEnd_isNoSecretWithoutEnd(String text) {
        SecretUnavailableException e = assertThrows(
                SecretUnavailableException.class,
                () -> secrets("secret", LONG, "secret-previous", LONG + 3, "secret-previous-until", text));
        check(e, "webhook/zorio/secret-previous-until", LONG);
    }

    @Test
    void secretOfNuls_isRefusedByName() {
        SecretUnavailableException e =
                assertThrows(SecretUnavailableException.class, () -> secrets("secret", "\0".repeat(32)));
        check(e, "webhook/zorio/secret", "\0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${ALIAS=canary-canary}",
                "${canary-canary-canary}",
                ":canary-canary-canary",
                "${ENV=canary-canary",
                " ${canary-canary-canary}",
                "\t${canary-canary-canary}\n",
                "\n:canary-canary-canary",
                "$(canary-canary-canary)",
                " $(canary-canary-canary)\n",
                "#{canary-canary-canary}",
                "#{canary-canary-canary} "
            })
    void unresolvedExpression_isRefusedWithoutItsValue(String text) {
        check(
                assertThrows(SecretUnavailableException.class, () -> secrets("secret", text)),
                "webhook/zorio/secret",
                "canary");
    }

    /** What is only like one may be a secret. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(begins-like-one-and-goes-on",
                "#{begins-like-one-and-goes-on",
                "$(ends)-in-the-middle-of-it",
                "a$(secret-with-one-in-it)",
                "a${secret-with-one-in-it}",
                "$2b$12$a-hash-of-a-password",
                "a:secret-with-a-colon",
                "[canary-canary-canary]"
            })
    void textThatIsNoExpression_isASecret(String text) {
        assertEquals(1, secrets("secret", text).secrets().size());
    }

    @Test
    void endThatIsNoInstant_isRefusedWithoutItsValue() {
        check(
                assertThrows(
                        SecretUnavailableException.class,
                        () -> secrets("secret-previous", LONG, "secret-previous-until", "canary-of-a-secret")),
                "webhook/zorio/secret-previous-until",
                "canary");
    }

    @Test
    void endWithoutSecret_isNothing() {
        assertTrue(secrets("secret-previous-until", "2026-01-01T00:00:00Z").isEmpty());
    }
}
