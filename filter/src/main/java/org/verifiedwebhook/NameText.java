package org.verifiedwebhook;

/** What a name from outside may be, so that no store or log ever sees another. */
final class NameText {

    private static final int MAX = 256;

    private NameText() {}

    /** Whether it is at most {@value #MAX} characters of well-formed text without control characters. */
    static boolean isName(String text) {
        return text.length() <= MAX
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || c == 0xFFFD
                                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Only those of {@code characters}, in order; all if none are given. */
    static String keep(String text, String characters) {
        if (characters.isEmpty()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(c -> characters.indexOf(c) >= 0).forEach(c -> kept.append((char) c));
        return kept.toString();
    }
}
