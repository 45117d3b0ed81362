package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.secret.Settings;

/** Settings that do not exist, wherever they can be listed. */
class KeyCheckTest {

    private static final String MISSPELT = "webhook.zorio.toleranse";

    @AfterEach
    void remove() {
        System.clearProperty(MISSPELT);
        ConfigProviderResolver.setInstance(null);
    }

    private static String fault(WebhookGate gate) {
        return assertThrows(IllegalArgumentException.class, () -> gate.sender("zorio"))
                .getMessage();
    }

    private static WebhookGate standard() {
        return WebhookGate.builder().settings(Settings.standard()).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secrt | : did you mean 'secret'?",
                "Secret | : did you mean 'secret'?",
                "secret-nxt | : did you mean 'secret-next'?",
                "max_body | : did you mean 'max-body'?",
                "toleranceee | : did you mean 'tolerance'?",
                "tenants/acme/secretprevious | : did you mean 'tenants/acme/secret-previous'?",
                "tenants/acme.eu/secret | : write tenants/TENANT/secret, and in the tenant's name everything but letters,"
                        + " digits and hyphens as _ and two hex digits (a dot is _2e)"
            })
    void misspeltKey_isToldWithTheNearest(String key, String told) {
        assertEquals(
                "setting webhook/zorio/" + key + " does not exist" + told,
                fault(TestGate.of("zorio/" + key, "canary").gate));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tolerancees-", "config", "config/", "tenants/acme/tolerance", "key", "secret/xyz"})
    void keyThatIsNearNone_isToldWithAllThereAre(String key) {
        String told = fault(TestGate.of("zorio/" + key, "canary").gate);
        assertEquals(
                "setting webhook/zorio/" + key + " does not exist; known are [secret, ", told.split("secret-next")[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zorio/secret-previous-until",
                "zorio/trusted-proxies",
                "zorio/tenants/acme_2eeu/secret",
                "zorio/tenants/acme/secret-next",
                "zorio/config/key-id",
                "zorio-two/toleranse",
                "toleranse",
                "jpa/url",
                "h2/path",
                "demo"
            })
    void keyThatExistsOrBelongsToOthers_isNoFault(String name) {
        assertEquals("zorio", TestGate.of(name, "10.0.0.1").gate.sender("zorio").name());
    }

    @Test
    void misspeltSystemProperty_isTold() {
        assertEquals("zorio", standard().sender("zorio").name());
        System.setProperty(MISSPELT, "canary");
        assertEquals("setting webhook/zorio/toleranse does not exist: did you mean 'tolerance'?", fault(standard()));
    }

    @Test
    void misspeltPropertyOfMicroProfileConfig_isTold() {
        ConfigProviderResolver.setInstance(new OneConfig(List.of("webhook.jpa.url", "webhook.zorio.tenants.a.secret")));
        assertEquals("zorio", standard().sender("zorio").name());
        ConfigProviderResolver.setInstance(new OneConfig(List.of("webhook.jpa.url", MISSPELT)));
        assertEquals("setting webhook/zorio/toleranse does not exist: did you mean 'tolerance'?", fault(standard()));
    }

    /** A configuration that has these properties, but says so only when it is asked for all. */
    private static final class OneConfig extends ConfigProviderResolver {

        private final Config config;

        OneConfig(List<String> names) {
            this.config = (Config) Proxy.newProxyInstance(
                    ConfigProvider.class.getClassLoader(),
                    new Class<?>[] {Config.class},
                    (proxy, method, args) -> method.getName().equals("getPropertyNames") ? names : Optional.empty());
        }

        @Override
        public Config getConfig() {
            return config;
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return config;
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerConfig(Config other, ClassLoader loader) {}

        @Override
        public void releaseConfig(Config other) {}
    }
}
