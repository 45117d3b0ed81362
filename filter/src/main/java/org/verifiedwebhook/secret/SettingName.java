package org.verifiedwebhook.secret;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.verifiedwebhook.sender.Sender;

/**
 * The name of a setting, spelt differently in each place: {@code webhook/zorio/secret} in JNDI,
 * {@code webhook.zorio.secret} as a property, {@code WEBHOOK_ZORIO_SECRET} in the environment.
 */
public final class SettingName {

    private final String owner;
    private final Optional<String> tenant;
    private final String key;

    private SettingName(String owner, Optional<String> tenant, String key) {
        this.owner = owner;
        this.tenant = tenant;
        this.key = key;
    }

    /** A setting of a sender, or of a part of this software that has a name of that form. */
    public static SettingName of(String owner, String key) {
        Sender.checkName(owner);
        return new SettingName(owner, Optional.empty(), key);
    }

    /** A setting of all senders. */
    public static SettingName global(String key) {
        return new SettingName("", Optional.empty(), key);
    }

    /**
     * A setting of one tenant of a sender. The tenant may be text that nobody has verified: it is encoded so that two
     * tenants never share a name and none can reach beyond its own.
     */
    public static SettingName ofTenant(String owner, String tenant, String key) {
        Sender.checkName(owner);
        return new SettingName(owner, Optional.of(encode(tenant)), key);
    }

    /** Letters, digits and hyphens as they are, every other UTF-8 byte as {@code _} and two hex digits. */
    static String encode(String tenant) {
        StringBuilder text = new StringBuilder();
        for (byte b : tenant.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-';
            if (plain) {
                text.append((char) b);
            } else {
                text.append(String.format("_%02x", b & 0xFF));
            }
        }
        return text.toString();
    }

    /** The keys of an owner among these names, each with slashes between its parts. */
    static Set<String> keysOf(String owner, String separator, Collection<String> names) {
        String prefix = "webhook" + separator + owner + separator;
        return names.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).replace(separator, "/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The key within its owner. */
    public String key() {
        return key;
    }

    /** Whether it is a secret, or says until when one counts. */
    boolean ofSecret() {
        return SettingKey.ofTenants().contains(key);
    }

    /** Whether untrusted text is part of the name. */
    public boolean ofTenant() {
        return tenant.isPresent();
    }

    /** {@code webhook/zorio/secret}. */
    public String path() {
        return joined("/");
    }

    /** {@code webhook.zorio.secret}. */
    public String property() {
        return joined(".");
    }

    private String joined(String separator) {
        return "webhook" + separator + (owner.isEmpty() ? "" : owner + separator)
                + tenant.map(t -> "tenants" + separator + t + separator).orElse("") + key.replace("/", separator);
    }

    /**
     * {@code WEBHOOK_ZORIO_SECRET}; empty for a tenant's setting, because the environment's alphabet would merge names.
     */
    public Optional<String> variable() {
        return ofTenant()
                ? Optional.empty()
                : Optional.of(property().replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return path();
    }
}
