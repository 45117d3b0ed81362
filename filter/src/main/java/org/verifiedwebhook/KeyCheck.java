package org.verifiedwebhook;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.verifiedwebhook.secret.SettingKey;
import org.verifiedwebhook.secret.Settings;

/** Finds settings of a sender that nobody reads: a misspelt one is not simply without effect. */
final class KeyCheck {

    /** What the names of other parts of this software begin with; no sender's settings. */
    private static final List<String> OTHERS = List.of("jpa", "h2", "demo", "inbox");

    private static final Pattern OF_TENANT = Pattern.compile("(tenants/[A-Za-z0-9_-]+/)([^/]+)");

    private KeyCheck() {}

    /**
     * Looks through every place that can say which settings it has.
     *
     * @throws IllegalArgumentException if there is a key that does not exist; the message names the nearest one
     */
    static void check(Settings settings, String sender) {
        if (OTHERS.contains(sender)) {
            return;
        }
        for (String key : settings.keysOf(sender)) {
            fault(key).ifPresent(fault -> {
                throw new IllegalArgumentException("setting webhook/" + sender + "/" + key + " does not exist" + fault);
            });
        }
    }

    private static Optional<String> fault(String key) {
        Matcher tenant = OF_TENANT.matcher(key);
        if (tenant.matches()) {
            return unknown(tenant.group(1), tenant.group(2), SettingKey.ofTenants());
        }
        if (key.startsWith("tenants/")) {
            return Optional.of(": write tenants/TENANT/secret, and in the tenant's name everything but letters, digits"
                    + " and hyphens as _ and two hex digits (a dot is _2e)");
        }
        return key.startsWith(SettingKey.CONFIG) && key.length() > SettingKey.CONFIG.length()
                ? Optional.empty()
                : unknown("", key, SettingKey.ofSenders());
    }

    private static Optional<String> unknown(String before, String key, List<String> known) {
        if (known.contains(key)) {
            return Optional.empty();
        }
        return Optional.of(Nearest.of(key, known)
                .map(n -> ": did you mean '" + before + n + "'?")
                .orElse("; known are " + known));
    }
}
