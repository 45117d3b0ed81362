package org.verifiedwebhook;

/** Makes text from outside fit for one line of a log. */
final class LogText {

    private static final int MAX = 128;

    private LogText() {}

    /** Visible ASCII as it is, everything else and what could end a value escaped, at most {@value #MAX} characters. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length() && safe.length() <= MAX - 6; i++) {
            char c = text.charAt(i);
            // The brace, too: some log frameworks look values up in text that holds ${…}.
            boolean plain = c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '{' && c != '}';
            safe.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return safe.isEmpty() ? "-" : safe.toString();
    }
}
