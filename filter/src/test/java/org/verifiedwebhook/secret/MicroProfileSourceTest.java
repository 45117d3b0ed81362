package org.verifiedwebhook.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What MicroProfile Config says of settings, which takes an empty value for none. */
@Isolated
class MicroProfileSourceTest {

    private static final SettingName SECRET = SettingName.of("zorio", "secret");

    private final Map<String, String> values = new HashMap<>();

    @BeforeEach
    void serve() {
        ConfigSource source = fake(ConfigSource.class, (method, name) -> switch (method) {
            case "getPropertyNames" -> Set.copyOf(values.keySet());
            case "getValue" -> values.get(name);
            default -> throw new UnsupportedOperationException(method);
        });
        Config config = fake(Config.class, (method, name) -> switch (method) {
            case "getOptionalValue" ->
                Optional.ofNullable(values.get(name))
                        .map(v -> v.equals("${empty}") ? "" : v)
                        .filter(v -> !v.isEmpty());
            case "getConfigSources" -> List.of(source);
            default -> throw new UnsupportedOperationException(method);
        });
        ConfigProviderResolver.setInstance(new Resolver(config));
    }

    @AfterEach
    void stop() {
        ConfigProviderResolver.setInstance(null);
    }

    private interface Answers {
        Object to(String method, Object argument);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> answers.to(method.getName(), args == null ? null : args[0])));
    }

    private static final class Resolver extends ConfigProviderResolver {

        private final Config config;

        Resolver(Config config) {
            this.config = config;
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
        public org.eclipse.microprofile.config.spi.ConfigBuilder getBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerConfig(Config other, ClassLoader loader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void releaseConfig(Config other) {
            throw new UnsupportedOperationException();
        }
    }

    private static Optional<String> find(SettingName name) {
        return MicroProfileSource.ifPresent().orElseThrow().find(name);
    }

    @Test
    void value_isFoundAndAbsenceIsAbsence() {
        assertEquals(Optional.empty(), find(SECRET));
        values.put("webhook.zorio.secret", "a secret");
        assertEquals(Optional.of("a secret"), find(SECRET));
    }

    @Test
    void secretThatIsThereAndEmpty_isBlankAndNotAbsent() {
        SettingName ofTenant = SettingName.ofTenant("zorio", "acme", "secret");
        for (String empty : List.of("", "${empty}")) {
            values.put("webhook.zorio.secret", empty);
            values.put("webhook.zorio.tenants.acme.secret", empty);
            assertEquals(Optional.of(""), find(SECRET));
            assertEquals(Optional.of(""), find(ofTenant));
        }
        values.put("webhook.zorio.tolerance", "");
        assertEquals(Optional.empty(), find(SettingName.of("zorio", "tolerance")));
    }
}
