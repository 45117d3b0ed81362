package org.verifiedwebhook;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Content;
import org.verifiedwebhook.sender.Dedupe;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.Source;

/** Applies an operator's settings to a sender. A wrong value names its setting and the cure. */
final class SenderSettings {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    private final Settings settings;

    SenderSettings(Settings settings) {
        this.settings = settings;
    }

    Sender apply(Sender file) {
        Sender sender = file;
        sender = changed(sender, "scheme", Sender::pinnedTo);
        sender = changed(sender, "signature-header", Sender::withSignatureHeader);
        sender = changed(sender, "tolerance", (s, v) -> s.withTolerance(duration(v)));
        sender = changed(sender, "tenant-from", (s, v) -> s.withTenantFrom(source(v)));
        sender = changed(sender, "query", (s, v) -> s.withPinnedQuery(v.equals("none") ? "" : v));
        sender = changed(sender, "max-body", (s, v) -> s.withMaxBody(number(v)));
        sender = changed(sender, "retention", (s, v) -> s.withRetention(duration(v)));
        sender = changed(sender, "handle-copies", (s, v) -> flag(v) ? s.withDedupe(Dedupe.NONE) : s);
        sender = changed(sender, "reveal-unknown-tenants", (s, v) -> flag(v) ? s.revealingUnknownTenants() : s);
        return sender.withConfig(config(sender));
    }

    boolean requiresHttps(String sender) {
        Optional<String> value = settings.findInherited(sender, "require-https");
        return value.isPresent() && read(sender, "require-https", value.get(), SenderSettings::flag);
    }

    private Sender changed(Sender sender, String key, BiFunction<Sender, String, Sender> change) {
        return settings.find(sender.name(), key)
                .map(value -> read(sender.name(), key, value.trim(), v -> change.apply(sender, v)))
                .orElse(sender);
    }

    private static <T> T read(String sender, String key, String value, java.util.function.Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("setting webhook/" + sender + "/" + key + ": " + e.getMessage());
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be an ISO 8601 duration, PT5M for instance", e);
        }
    }

    private static Source source(String text) {
        try {
            return Source.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be header:, query:, form:, json:/ or path: and a name", e);
        }
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("must be a whole number");
        }
        return Integer.parseInt(text);
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
        }
        return text.equals("true");
    }

    /** The values of everything the sender's file leaves to the operator. */
    private Map<String, String> config(Sender sender) {
        Set<String> names = new LinkedHashSet<>();
        sender.challenges().forEach(c -> c.when().values().forEach(v -> names.addAll(placeholders(v))));
        for (Scheme scheme : sender.schemes()) {
            scheme.signature().forEach(e -> e.prefixes().forEach(p -> names.addAll(placeholders(p))));
            if (scheme instanceof SignatureScheme signature) {
                signature.require().values().forEach(v -> names.addAll(placeholders(v)));
                for (Content.Part part : signature.content().parts()) {
                    if (part instanceof Content.Config config) {
                        names.add(config.name());
                    }
                }
            }
        }
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            settings.find(sender.name(), "config/" + name).ifPresent(value -> values.put(name, value));
        }
        return values;
    }

    private static List<String> placeholders(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.results().map(r -> r.group(1)).toList();
    }
}
