package org.verifiedwebhook.secret;

import java.util.Optional;
import java.util.Set;

/** Settings in system properties. */
final class SystemProperties implements SettingSource {

    @Override
    public Optional<String> find(SettingName name) {
        return Optional.ofNullable(System.getProperty(name.property()));
    }

    @Override
    public Set<String> keysOf(String owner) {
        return SettingName.keysOf(owner, ".", System.getProperties().stringPropertyNames());
    }
}
