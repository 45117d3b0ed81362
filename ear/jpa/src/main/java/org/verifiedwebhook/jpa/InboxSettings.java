package org.verifiedwebhook.jpa;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.verifiedwebhook.secret.Settings;

/**
 * The settings {@code webhook/inbox/<key>}.
 *
 * @param attempts how often a delivery is tried
 * @param backoff the longest wait after the first failure; it doubles with each
 * @param backoffMax the longest wait ever
 * @param lease how long an attempt may take before another worker takes the delivery up
 * @param concurrency how many deliveries a node handles at once
 * @param tenantConcurrency how many of them may be of one sender and tenant
 * @param keepDone how long handled deliveries stay
 * @param keepDead how long dead and unhandled ones stay
 */
record InboxSettings(
        int attempts,
        Duration backoff,
        Duration backoffMax,
        Duration lease,
        int concurrency,
        int tenantConcurrency,
        Duration keepDone,
        Duration keepDead) {

    private static final String OWNER = "inbox";
    private static final List<String> KEYS = List.of(
            "attempts",
            "backoff",
            "backoff-max",
            "lease",
            "concurrency",
            "tenant-concurrency",
            "keep-done",
            "keep-dead");

    /**
     * Those of the server.
     *
     * @throws IllegalArgumentException if one is wrong, or there is another; the message names it and the cure
     */
    static InboxSettings of(Settings settings) {
        for (String key : settings.keysOf(OWNER)) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "setting webhook/inbox/" + key + " does not exist; known are " + KEYS);
            }
        }
        Reader reader = new Reader(settings);
        int concurrency = reader.number("concurrency", reader.find("concurrency"), 4, 1, 256);
        return new InboxSettings(
                reader.number("attempts", reader.find("attempts"), 12, 1, 1000),
                reader.duration("backoff", reader.find("backoff"), Duration.ofSeconds(2), Duration.ofMillis(1)),
                reader.duration(
                        "backoff-max", reader.find("backoff-max"), Duration.ofMinutes(30), Duration.ofMillis(1)),
                reader.duration("lease", reader.find("lease"), Duration.ofMinutes(2), Duration.ofSeconds(1)),
                concurrency,
                // One worker at least is for others, if there are two.
                reader.number(
                        "tenant-concurrency",
                        reader.find("tenant-concurrency"),
                        Math.max(1, concurrency * 3 / 4),
                        1,
                        Math.max(1, concurrency - 1)),
                reader.duration("keep-done", reader.find("keep-done"), Duration.ofDays(7), Duration.ZERO),
                reader.duration("keep-dead", reader.find("keep-dead"), Duration.ofDays(90), Duration.ofDays(1)));
    }

    private record Reader(Settings settings) {

        Optional<String> find(String key) {
            return settings.find(OWNER, key).map(String::trim);
        }

        int number(String key, Optional<String> text, int absent, int least, int most) {
            boolean number = text.map(t -> t.matches("[0-9]{1,6}")).orElse(true);
            int value = number ? text.map(Integer::parseInt).orElse(absent) : -1;
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        "setting webhook/inbox/" + key + ": must be a whole number, " + least + " to " + most);
            }
            return value;
        }

        Duration duration(String key, Optional<String> text, Duration absent, Duration least) {
            try {
                Duration value = text.map(Duration::parse).orElse(absent);
                if (value.compareTo(least) >= 0 && value.compareTo(Duration.ofDays(3660)) <= 0) {
                    return value;
                }
            } catch (DateTimeParseException e) {
                // Told below.
            }
            throw new IllegalArgumentException("setting webhook/inbox/" + key
                    + ": must be an ISO 8601 duration, PT5M for instance, from " + least + " to ten years");
        }
    }

    /** How long to wait after that many failed attempts: anything up to the bound, so that failures do not come in waves. */
    Duration wait(int failed, RandomGenerator random) {
        int doublings = Math.min(failed - 1, 40);
        long bound = doublings >= 40 || backoff.toMillis() > backoffMax.toMillis() >> doublings
                ? backoffMax.toMillis()
                : backoff.toMillis() << doublings;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
