package org.verifiedwebhook.servlet;

import jakarta.servlet.FilterConfig;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.verifiedwebhook.secret.SettingName;
import org.verifiedwebhook.secret.SettingSource;

/** A filter's init-params as settings of its sender. */
final class InitParams implements SettingSource {

    static final String SENDER = "sender";
    static final String ACCEPT = "accept";

    private final FilterConfig config;

    InitParams(FilterConfig config) {
        this.config = config;
    }

    /** Whether there are settings beside the ones that every filter has. */
    boolean any() {
        return !names().isEmpty();
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(Collections.list(config.getInitParameterNames()));
        names.removeAll(Set.of(SENDER, ACCEPT));
        return names;
    }

    @Override
    public Set<String> keysOf(String owner) {
        return names();
    }

    /** Whether the secrets themselves stand here, so that nobody else is to be asked for them. */
    boolean holdSecrets() {
        return Collections.list(config.getInitParameterNames()).stream().anyMatch(InitParams::holdsSecret);
    }

    static boolean holdsSecret(String name) {
        return name.startsWith("secret");
    }

    @Override
    public Optional<String> find(SettingName name) {
        return name.ofTenant() ? Optional.empty() : Optional.ofNullable(config.getInitParameter(name.key()));
    }
}
