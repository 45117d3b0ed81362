package org.verifiedwebhook.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds settings, always anew and always in the same order. The first place that has one decides:
 *
 * <ol>
 *   <li>what {@link #precededBy} adds, the init-params of a filter for instance;
 *   <li>JNDI {@code java:comp/env/webhook/S/X}, then {@code webhook/S/X}, then {@code java:global/webhook/S/X};
 *   <li>the file {@code webhook.S.X} in the directory that the system property {@code webhook.settings-directory} or the
 *       environment variable {@code WEBHOOK_SETTINGS_DIRECTORY} names;
 *   <li>MicroProfile Config {@code webhook.S.X}, if the server has it;
 *   <li>the system property {@code webhook.S.X};
 *   <li>the environment variable {@code WEBHOOK_S_X}, but never for a tenant's setting.
 * </ol>
 *
 * A blank value counts as none; but a secret, or its end, that is there and blank is unavailable: what was meant is not
 * known, and a secret of a lower place may be one that counts no more. A value that looks like an expression nobody
 * resolved is refused (one that begins with <code>${</code> or {@code :}, or is <code>$(…)</code> or <code>#{…}</code> as a
 * whole, whatever blanks are around it): servers hand such text out instead of the secret when its reference is misspelt.
 */
public final class Settings {

    private final List<SettingSource> sources;

    private Settings(List<SettingSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** JNDI, a directory, MicroProfile Config, system properties and environment, as far as this JVM has them. */
    public static Settings standard() {
        List<SettingSource> sources = new ArrayList<>();
        sources.add(new JndiSource());
        DirectorySource.ifNamed().ifPresent(sources::add);
        MicroProfileSource.ifPresent().ifPresent(sources::add);
        sources.add(new SystemProperties());
        sources.add(name -> name.variable().map(System::getenv));
        return new Settings(sources);
    }

    /** Only these values, by {@link SettingName#path}. */
    public static Settings of(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return new Settings(List.of(new SettingSource() {
            @Override
            public Optional<String> find(SettingName name) {
                return Optional.ofNullable(copy.get(name.path()));
            }

            @Override
            public Set<String> keysOf(String owner) {
                return SettingName.keysOf(owner, "/", copy.keySet());
            }
        }));
    }

    /** These settings with one more place that is asked first. */
    public Settings precededBy(SettingSource first) {
        List<SettingSource> all = new ArrayList<>(sources);
        all.add(0, first);
        return new Settings(all);
    }

    /** The keys of an owner's settings, as far as the places can say which they have, written as in JNDI. */
    public Set<String> keysOf(String owner) {
        Set<String> keys = new TreeSet<>();
        sources.forEach(source -> keys.addAll(source.keysOf(owner)));
        return keys;
    }

    /**
     * The setting {@code key} of {@code sender}.
     *
     * @throws SecretUnavailableException as {@link #find(String, String)}
     */
    public Optional<String> find(String sender, SettingKey key) {
        return find(sender, key.key());
    }

    /**
     * The setting {@code key} of {@code owner}, which is a sender or a part of this software.
     *
     * @throws SecretUnavailableException if a place could not be asked, or holds an unresolved expression or a blank
     *     secret
     */
    public Optional<String> find(String owner, String key) {
        return find(SettingName.of(owner, key));
    }

    /**
     * The setting {@code key} of {@code owner} or, if it has none, that of all senders.
     *
     * @throws SecretUnavailableException as {@link #find(String, String)}
     */
    public Optional<String> findInherited(String owner, SettingKey key) {
        return find(owner, key).or(() -> findGlobal(key));
    }

    /**
     * The setting of all senders.
     *
     * @throws SecretUnavailableException as {@link #find(String, String)}
     */
    public Optional<String> findGlobal(SettingKey key) {
        return find(SettingName.global(key.key()));
    }

    /**
     * The setting of that name.
     *
     * @throws SecretUnavailableException as {@link #find(String, String)}
     */
    public Optional<String> find(SettingName name) {
        for (SettingSource source : sources) {
            Optional<String> value = source.find(name);
            boolean blank = value.isPresent() && value.get().isBlank();
            if (blank && name.ofSecret()) {
                throw new SecretUnavailableException("setting " + name
                        + " is there and blank, as a file that was cut off is: write its value, or remove it");
            }
            if (value.isPresent() && !blank) {
                checkResolved(name, value.get());
                return value;
            }
        }
        return Optional.empty();
    }

    private static void checkResolved(SettingName name, String value) {
        String text = value.strip();
        boolean unresolved = text.startsWith("${")
                || text.startsWith(":")
                || text.startsWith("$(") && text.endsWith(")")
                || text.startsWith("#{") && text.endsWith("}");
        if (unresolved) {
            throw new SecretUnavailableException("setting " + name
                    + " holds an expression that the server did not resolve: check the alias or variable it names");
        }
    }
}
