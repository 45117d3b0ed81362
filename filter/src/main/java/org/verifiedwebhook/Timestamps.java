package org.verifiedwebhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.TimestampRule;

/** Reads times exactly as senders write them, and nothing that merely resembles it. */
final class Timestamps {

    // ASCII digits only, no sign, no leading zero: Long.parseLong would take "+5" and other scripts' digits.
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,14}");
    private static final Pattern ISO = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})" + "(\\.[0-9]{1,30})?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(java.time.ZoneOffset.UTC);

    private Timestamps() {}

    /** The instant that {@code text} names; empty if it is not written in {@code unit}. */
    static Optional<Instant> parse(String text, TimestampRule.Unit unit) {
        try {
            return switch (unit) {
                case SECONDS -> decimal(text).map(Instant::ofEpochSecond);
                case MILLISECONDS -> decimal(text).map(Instant::ofEpochMilli);
                case ISO8601 -> iso(text);
                case HTTP_DATE -> Optional.of(Instant.from(HTTP_DATE.parse(text)));
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> decimal(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Optional<Instant> iso(String text) {
        var matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        // java.time stops at nanoseconds; what is finer cannot matter against a tolerance of seconds.
        String nanos = fraction.substring(0, Math.min(fraction.length(), 10));
        return Optional.of(OffsetDateTime.parse(matcher.group(1) + nanos + matcher.group(3))
                .toInstant());
    }

    /** Why {@code text} is not fresh at {@code now}; empty if it is. */
    static Optional<Reason> staleness(String text, TimestampRule rule, Instant now) {
        Optional<Instant> signed = parse(text, rule.unit());
        if (signed.isEmpty()) {
            return Optional.of(Reason.TIMESTAMP_UNREADABLE);
        }
        if (rule.tolerance().isEmpty()) {
            return Optional.empty();
        }
        Duration age = Duration.between(signed.get(), now);
        if (age.compareTo(rule.tolerance().get()) > 0) {
            return Optional.of(Reason.TIMESTAMP_STALE);
        }
        return age.negated().compareTo(rule.tolerance().get()) > 0
                ? Optional.of(Reason.TIMESTAMP_FUTURE)
                : Optional.empty();
    }
}
