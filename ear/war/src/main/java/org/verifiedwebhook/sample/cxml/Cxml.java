package org.verifiedwebhook.sample.cxml;

import java.util.List;

/**
 * A document of {@link Verb}s, laid out as OpBX's guide prints it.
 *
 * <p>Written here and not by a StAX writer, because the servers' writers differ in quotes and blanks and pass characters
 * that XML forbids.
 */
public final class Cxml {

    private final List<Verb> verbs;

    private Cxml(List<Verb> verbs) {
        this.verbs = verbs;
    }

    /** A document of these verbs; of none, it leaves the call as it is. */
    public static Cxml of(Verb... verbs) {
        return new Cxml(List.of(verbs));
    }

    /** Says why not and hangs up. */
    public static Cxml sorry(String sentence) {
        return of(Verb.say(sentence), Verb.hangup());
    }

    /** The document's text. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        if (verbs.isEmpty()) {
            return out.append("<Response/>").toString();
        }
        out.append("<Response>\n");
        verbs.forEach(verb -> verb.write(out, "  "));
        return out.append("</Response>").toString();
    }

    /** Text fit for elements and attributes; a character that XML 1.0 forbids becomes U+FFFD. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean allowed(int c) {
        return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
