package org.verifiedwebhook.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Settings in MicroProfile Config, where the server has it. */
final class MicroProfileSource implements SettingSource {

    private MicroProfileSource() {}

    /** The source; empty if the API or an implementation is missing. */
    static Optional<SettingSource> ifPresent() {
        try {
            ConfigProvider.getConfig();
            return Optional.of(new MicroProfileSource());
        } catch (LinkageError | IllegalStateException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> find(SettingName name) {
        Config config = ConfigProvider.getConfig();
        if (name.ofTenant() && !namedExactly(config, name.property())) {
            return Optional.empty();
        }
        Optional<String> value = config.getOptionalValue(name.property(), String.class);
        // To MicroProfile Config an empty value is none; but a secret that came to nothing must not look absent.
        return value.isEmpty() && name.ofSecret() && stands(config, name.property()) ? Optional.of("") : value;
    }

    private static boolean stands(Config config, String property) {
        for (ConfigSource source : config.getConfigSources()) {
            if (source.getValue(property) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Set<String> keysOf(String owner) {
        List<String> names = new ArrayList<>();
        ConfigProvider.getConfig().getPropertyNames().forEach(names::add);
        return SettingName.keysOf(owner, ".", names);
    }

    /** Whether a source has the very name: the source for environment variables answers to similar ones too. */
    private static boolean namedExactly(Config config, String property) {
        for (ConfigSource source : config.getConfigSources()) {
            if (source.getPropertyNames().contains(property)) {
                return true;
            }
        }
        return false;
    }
}
