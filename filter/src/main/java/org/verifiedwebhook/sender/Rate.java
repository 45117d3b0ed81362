package org.verifiedwebhook.sender;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests may come in how much time, written {@code 100/PT1M}: a burst of so many, and so many more evenly over
 * each such time.
 *
 * @param requests how many, 1 to 999999999
 * @param period in how much time, a second to a day
 */
public record Rate(int requests, Duration period) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})/(P.+)");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public Rate {
        if (requests < 1 || requests > 999_999_999 || period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
            throw wrong();
        }
    }

    /**
     * Reads {@code 100/PT1M}.
     *
     * @throws IllegalArgumentException if the text is not written so, or out of bounds
     */
    public static Rate parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw wrong();
        }
        try {
            return new Rate(Integer.parseInt(matcher.group(1)), Duration.parse(matcher.group(2)));
        } catch (DateTimeParseException e) {
            throw wrong();
        }
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "must be requests, a slash and an ISO 8601 duration of a second to a day," + " 100/PT1M for instance");
    }

    @Override
    public String toString() {
        return requests + "/" + period;
    }
}
