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
import org.verifiedwebhook.secret.SettingKey;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Content;
import org.verifiedwebhook.sender.Dedupe;
import org.verifiedwebhook.sender.Rate;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.Source;

/** Applies an operator's settings to a sender. A wrong value names its setting and the cure. */
final class SenderSettings {

    /** A configured value in a prefix or a required value of a sender's file. */
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);

    private final Settings settings;

    SenderSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * The sender as the settings make it.
     *
     * @throws IllegalArgumentException if a setting is wrong, or none that exists
     */
    Sender apply(Sender file) {
        KeyCheck.check(settings, file.name());
        Sender sender = file;
        sender = changed(sender, SettingKey.SCHEME, SenderSettings::pinned);
        sender = changed(sender, SettingKey.SIGNATURE_HEADER, Sender::withSignatureHeader);
        sender = changed(sender, SettingKey.TOLERANCE, (s, v) -> s.withTolerance(duration(v)));
        sender = changed(sender, SettingKey.TENANT_FROM, (s, v) -> s.withTenantFrom(source(v)));
        sender = changed(sender, SettingKey.QUERY, (s, v) -> s.withPinnedQuery(v.equals("none") ? "" : v));
        sender = changed(sender, SettingKey.MAX_BODY, (s, v) -> s.withMaxBody(number(v)));
        sender = changed(sender, SettingKey.RETENTION, (s, v) -> s.withRetention(duration(v)));
        sender = changed(sender, SettingKey.ORDERING, (s, v) -> s.withOrdering(source(v)));
        sender = changed(sender, SettingKey.HANDLE_COPIES, (s, v) -> flag(v) ? s.withDedupe(Dedupe.NONE) : s);
        Optional<String> rate = settings.findInherited(file.name(), SettingKey.RATE);
        if (rate.isPresent()) {
            sender = sender.withRate(
                    read(file.name(), SettingKey.RATE, rate.get().trim(), SenderSettings::rate));
        }
        sender =
                changed(sender, SettingKey.REVEAL_UNKNOWN_TENANTS, (s, v) -> flag(v) ? s.revealingUnknownTenants() : s);
        return sender.withConfig(config(sender));
    }

    boolean requiresHttps(String sender) {
        Optional<String> value = settings.findInherited(sender, SettingKey.REQUIRE_HTTPS);
        return value.isPresent() && read(sender, SettingKey.REQUIRE_HTTPS, value.get(), SenderSettings::flag);
    }

    /** How long a body may take to arrive. */
    Duration readWithin(String sender) {
        return settings.findInherited(sender, SettingKey.READ_WITHIN)
                .map(value -> read(sender, SettingKey.READ_WITHIN, value.trim(), SenderSettings::wait))
                .orElse(READ_WITHIN);
    }

    /** The memory for all bodies together. */
    static BodyBudget bodyBudget(Settings settings) {
        return settings.findGlobal(SettingKey.BODY_BUDGET)
                .map(value -> readGlobal(SettingKey.BODY_BUDGET, value.trim(), v -> new BodyBudget(number(v))))
                .orElseGet(() -> new BodyBudget(BodyBudget.DEFAULT));
    }

    /** Whether the operator wants no request to be put aside while its body arrives. */
    static boolean readsBlocking(Settings settings) {
        return settings.findGlobal(SettingKey.READING)
                .map(value -> readGlobal(SettingKey.READING, value.trim(), SenderSettings::blocking))
                .orElse(false);
    }

    private static boolean blocking(String text) {
        if (!text.equals("blocking") && !text.equals("non-blocking")) {
            throw new IllegalArgumentException("must be non-blocking or blocking");
        }
        return text.equals("blocking");
    }

    private static Duration wait(String text) {
        Duration wait = duration(text);
        if (wait.compareTo(Duration.ofSeconds(1)) < 0 || wait.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("must be from PT1S to PT10M");
        }
        return wait;
    }

    private static <T> T readGlobal(SettingKey key, String value, java.util.function.Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("setting webhook/" + key + ": " + e.getMessage(), e);
        }
    }

    /** How many requests may come from one address, verified or not; absent if as many as come. */
    Optional<Rate> addressRate(String sender) {
        return settings.findInherited(sender, SettingKey.ADDRESS_RATE)
                .flatMap(v -> read(sender, SettingKey.ADDRESS_RATE, v.trim(), SenderSettings::rate));
    }

    /** Whether its deliveries go to the inbox. */
    boolean usesInbox(String sender) {
        Optional<String> value = settings.find(sender, SettingKey.ACKNOWLEDGE);
        return value.isPresent()
                && read(sender, SettingKey.ACKNOWLEDGE, value.get().trim(), SenderSettings::inbox);
    }

    private static boolean inbox(String text) {
        if (!text.equals("inline") && !text.equals("inbox")) {
            throw new IllegalArgumentException("must be inline or inbox");
        }
        return text.equals("inbox");
    }

    /** How long a handler may take before its delivery may be handled again. */
    Duration lease(String sender) {
        return settings.findInherited(sender, SettingKey.LEASE)
                .map(value -> read(sender, SettingKey.LEASE, value.trim(), SenderSettings::leaseOf))
                .orElse(LEASE);
    }

    private static Duration leaseOf(String text) {
        Duration lease = duration(text);
        if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("must be from " + SHORTEST_LEASE + " to " + LONGEST_LEASE);
        }
        return lease;
    }

    private Sender changed(Sender sender, SettingKey key, BiFunction<Sender, String, Sender> change) {
        return settings.find(sender.name(), key)
                .map(value -> read(sender.name(), key, value.trim(), v -> change.apply(sender, v)))
                .orElse(sender);
    }

    private static <T> T read(
            String sender, SettingKey key, String value, java.util.function.Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("setting webhook/" + sender + "/" + key + ": " + e.getMessage());
        }
    }

    private static Sender pinned(Sender sender, String scheme) {
        try {
            return sender.pinnedTo(scheme);
        } catch (IllegalArgumentException e) {
            List<String> names = sender.schemes().stream().map(Scheme::name).toList();
            throw new IllegalArgumentException(e.getMessage() + Nearest.hint(scheme, names), e);
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

    private static Optional<Rate> rate(String text) {
        return text.equals("none") ? Optional.empty() : Optional.of(Rate.parse(text));
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
            settings.find(sender.name(), SettingKey.CONFIG + name).ifPresent(value -> values.put(name, value));
        }
        return values;
    }

    private static List<String> placeholders(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.results().map(r -> r.group(1)).toList();
    }
}
