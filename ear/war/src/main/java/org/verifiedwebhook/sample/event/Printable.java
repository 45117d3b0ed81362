package org.verifiedwebhook.sample.event;

/** Makes text from outside fit to be looked at: one line, bounded, with nothing invisible in it. */
public final class Printable {

    private static final int LONGEST = 200;

    private Printable() {}

    /**
     * The text with control and format characters (line breaks, right-to-left marks), line separators and lone
     * surrogates written as <code>\\u{...}</code>, cut after 200 characters.
     */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), LONGEST) + 16);
        int at = 0;
        for (int shown = 0; at < text.length() && shown < LONGEST; shown++) {
            int c = text.codePointAt(at);
            out.append(spell(c));
            at += Character.charCount(c);
        }
        return at < text.length() ? out.append('…').toString() : out.toString();
    }

    /** One character, or its spelling if it is invisible. */
    public static String spell(int c) {
        return visible(c) ? Character.toString(c) : "\\u{" + Integer.toHexString(c) + "}";
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
