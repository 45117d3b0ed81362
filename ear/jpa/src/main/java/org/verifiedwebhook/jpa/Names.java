package org.verifiedwebhook.jpa;

/** Judges text before it may become a parameter of a query. */
final class Names {

    private static final int REPLACEMENT = 0xfffd;

    private Names() {}

    /**
     * Whether a database can be asked for it: not empty, bounded, no NUL (PostgreSQL refuses it with an error), no lone
     * surrogate (it has no UTF-8 form, and drivers replace it by something else).
     */
    static boolean askable(String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            return false;
        }
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /**
     * The text, if {@link #askable} and without blanks around it.
     *
     * @throws IllegalArgumentException if not
     */
    static String require(String what, String text, int maxLength) {
        if (!askable(text, maxLength) || !text.equals(text.strip())) {
            throw new IllegalArgumentException(what + " must have 1 to " + maxLength
                    + " characters, no blank at its ends, no NUL and no lone surrogate");
        }
        return text;
    }

    /** The text cut and cleaned for a column that only people read: a database can always store it. */
    static String bounded(String text, int maxLength) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? REPLACEMENT : c)
                .takeWhile(c -> kept.length() + Character.charCount(c) <= maxLength)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
