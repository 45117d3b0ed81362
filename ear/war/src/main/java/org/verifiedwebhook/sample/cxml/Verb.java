package org.verifiedwebhook.sample.cxml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One instruction of a document: an element with attributes and with text or further verbs in it. */
public final class Verb {

    private final String name;
    private final Map<String, String> attributes;
    private final String text;
    private final List<Verb> children;

    private Verb(String name, Map<String, String> attributes, String text, List<Verb> children) {
        this.name = name;
        this.attributes = attributes;
        this.text = text;
        this.children = children;
    }

    /** Speaks a sentence. */
    public static Verb say(String sentence) {
        return leaf("Say", sentence).with("language", "en-US");
    }

    /** Calls a number or an extension, for so many seconds. */
    public static Verb dial(String target, int timeoutSeconds) {
        return leaf("Dial", target).with("timeout", Integer.toString(timeoutSeconds));
    }

    /** Says something and waits for a digit, which is posted to {@code action}. */
    public static Verb gather(String action, int timeoutSeconds, Verb prompt) {
        return new Verb("Gather", Map.of(), "", List.of(prompt))
                .with("action", action)
                .with("timeout", Integer.toString(timeoutSeconds))
                .with("minDigits", "1")
                .with("maxDigits", "1");
    }

    /** Answers a text message. */
    public static Verb message(String text) {
        return leaf("Message", text);
    }

    /** Ends the call. */
    public static Verb hangup() {
        return leaf("Hangup", "");
    }

    /** The same verb with one more attribute. */
    public Verb with(String attribute, String value) {
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new Verb(name, more, text, children);
    }

    private static Verb leaf(String name, String text) {
        return new Verb(name, Map.of(), text, List.of());
    }

    void write(StringBuilder out, String indent) {
        out.append(indent).append('<').append(name);
        attributes.forEach((attribute, value) -> out.append(' ')
                .append(attribute)
                .append("=\"")
                .append(Cxml.escape(value))
                .append('"'));
        if (text.isEmpty() && children.isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append('>');
        if (children.isEmpty()) {
            out.append(Cxml.escape(text));
        } else {
            out.append('\n');
            children.forEach(child -> child.write(out, indent + "  "));
            out.append(indent);
        }
        out.append("</").append(name).append(">\n");
    }
}
