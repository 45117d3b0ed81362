package org.verifiedwebhook.sample.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.verifiedwebhook.sample.event.Printable;

/**
 * Writes HTML. Element and attribute names are ours; every text and every attribute value goes through {@link #escape},
 * so that nothing from outside reaches the page in another way.
 */
final class Html {

    private static final Set<String> VOID = Set.of("meta", "link", "br");

    private final StringBuilder out = new StringBuilder(32_768).append("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element, {@code open("a", "href", "/")} for instance. */
    Html open(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
        if (!VOID.contains(element)) {
            open.push(element);
        }
        return this;
    }

    /** Text in the element that is open. */
    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Text from outside: on one line, cut if long, and whatever direction it has ends with it. */
    Html outside(String text) {
        return open("bdi").text(Printable.of(text)).close();
    }

    /** Closes the element that was opened last. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        if (open.size() < 4) {
            out.append('\n');
        }
        return this;
    }

    /** A whole element with a text. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** The page, once everything is closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out.toString();
    }

    /**
     * Text fit for elements and for quoted attributes. Invisible characters but line breaks, among them those that HTML
     * forbids and those that turn the direction of the text, are spelled out.
     */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n' -> escaped.append('\n');
                default -> escaped.append(Printable.spell(c));
            }
        });
        return escaped.toString();
    }
}
