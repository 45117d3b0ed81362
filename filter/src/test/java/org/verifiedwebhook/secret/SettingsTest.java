package org.verifiedwebhook.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of settings, and the order in which places are asked. */
class SettingsTest {

    private static final String PROPERTY = "webhook.zorio.secret";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
        System.clearProperty("webhook.tolerance");
    }

    @Test
    void name_isSpeltForEachPlace() {
        SettingName name = SettingName.of("cloudonix-cdr", "config/key-id");
        assertEquals("webhook/cloudonix-cdr/config/key-id", name.path());
        assertEquals("webhook.cloudonix-cdr.config.key-id", name.property());
        assertEquals(Optional.of("WEBHOOK_CLOUDONIX_CDR_CONFIG_KEY_ID"), name.variable());
        assertEquals(
                "webhook/require-https", SettingName.global("require-https").path());
    }

    @Test
    void tenantsSetting_hasNoVariable() {
        assertEquals(
                Optional.empty(),
                SettingName.ofTenant("zorio", "acme", "secret").variable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a/b", "a.b", "a--b", "-a", "a-", "java:comp", "\u00e8", "a b"})
    void ownerWithOtherCharacters_isRefused(String owner) {
        assertThrows(IllegalArgumentException.class, () -> SettingName.of(owner, "secret"));
        assertThrows(IllegalArgumentException.class, () -> SettingName.ofTenant(owner, "t", "secret"));
    }

    @Test
    void tenantEncoding_leavesLettersDigitsAndHyphensAndNothingElse() {
        assertEquals("azAZ09-", SettingName.encode("azAZ09-"));
        assertEquals("_60_7b_40_5b_2f_3a_5f_2c_2e", SettingName.encode("`{@[/:_,."));
    }

    /** Two tenants never share a name, however their texts are made, nor does one reach out of its own. */
    @Test
    void tenantEncoding_isInjectiveAndHarmless() {
        Map<String, String> byName = new HashMap<>();
        Random random = new Random(7);
        String alphabet = "aA0-_./:\\ %$@{}\u00e8e\u0301\u212ak\ud83d\ude00\uff0f\u0000\n_2e_5f";
        for (String text : List.of(
                "a.b",
                "a_b",
                "a-b",
                "a/b",
                "A_B",
                "a_2eb",
                "a_5fb",
                "_",
                "__",
                "_5f",
                "ACME",
                "acme",
                "../x",
                "java:comp/env",
                "ldap://x/y",
                "tenants/acme",
                "\u00e9",
                "e\u0301")) {
            check(byName, text);
        }
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(6); n >= 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String whole = text.toString();
            if (whole.equals(new String(whole.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))) {
                check(byName, whole);
            }
        }
        assertTrue(byName.size() > 10_000);
    }

    private static void check(Map<String, String> byName, String tenant) {
        String name = SettingName.ofTenant("zorio", tenant, "secret").path();
        assertTrue(name.matches("webhook/zorio/tenants/[A-Za-z0-9_-]+/secret"), name);
        String other = byName.putIfAbsent(name, tenant);
        assertTrue(other == null || other.equals(tenant), () -> name + " of " + tenant + " and " + other);
    }

    @Test
    void firstPlaceThatHasAValue_decides() {
        System.setProperty(PROPERTY, "of-the-system");
        Settings standard = Settings.standard();
        assertEquals(Optional.of("of-the-system"), standard.find("zorio", "secret"));
        Settings params = standard.precededBy(
                n -> n.path().equals("webhook/zorio/secret") ? Optional.of("of-the-filter") : Optional.empty());
        assertEquals(Optional.of("of-the-filter"), params.find("zorio", "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret-next", "secret-previous", "secret-previous-until"})
    void blankSecret_revivesNoneOfALowerPlace(String key) {
        Settings lower = Settings.of(
                Map.of("webhook/zorio/" + key, "of-the-lower-place", "webhook/zorio/tenants/acme/" + key, "too"));
        Settings blank = lower.precededBy(n -> Optional.of(" "));
        assertEquals(Optional.of("of-the-lower-place"), lower.find("zorio", key), "the control");
        assertThrows(SecretUnavailableException.class, () -> blank.find("zorio", key));
        assertThrows(SecretUnavailableException.class, () -> blank.find(SettingName.ofTenant("zorio", "acme", key)));
    }

    @Test
    void otherSettingThatIsBlank_countsAsNone() {
        Settings blank = Settings.of(Map.of("webhook/zorio/tolerance", "PT1M")).precededBy(n -> Optional.of(" "));
        assertEquals(Optional.of("PT1M"), blank.find("zorio", SettingKey.TOLERANCE));
    }

    @Test
    void value_isReadAnewEachTime() {
        Settings standard = Settings.standard();
        System.setProperty(PROPERTY, "one");
        assertEquals(Optional.of("one"), standard.find("zorio", "secret"));
        System.setProperty(PROPERTY, "two");
        assertEquals(Optional.of("two"), standard.find("zorio", "secret"));
    }

    @Test
    void placeThatFails_isNotPassedOver() {
        Settings broken = Settings.of(Map.of("webhook/zorio/secret", "x")).precededBy(n -> {
            throw new SecretUnavailableException("down");
        });
        assertThrows(SecretUnavailableException.class, () -> broken.find("zorio", "secret"));
    }

    @Test
    void unresolvedValue_isNotPassedOver() {
        Settings broken = Settings.of(Map.of("webhook/zorio/secret", "x")).precededBy(n -> Optional.of("${x}"));
        assertThrows(SecretUnavailableException.class, () -> broken.find("zorio", "secret"));
    }

    @Test
    void inheritedSetting_isTheSendersFirst() {
        Settings both = Settings.of(Map.of("webhook/zorio/require-https", "a", "webhook/require-https", "b"));
        assertEquals(Optional.of("a"), both.findInherited("zorio", SettingKey.REQUIRE_HTTPS));
        assertEquals(Optional.of("b"), both.findInherited("chaindoc", SettingKey.REQUIRE_HTTPS));
        assertEquals(Optional.empty(), both.find("chaindoc", "require-https"));
    }
}
