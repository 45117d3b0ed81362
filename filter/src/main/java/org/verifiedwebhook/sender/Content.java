package org.verifiedwebhook.sender;

import java.util.ArrayList;
import java.util.List;

/**
 * The template of the signed content: literal text with placeholders, {@code {timestamp}.{body}} for instance.
 *
 * <p>Placeholders: {@code {body}} the raw bytes; {@code {timestamp}} and {@code {id}} the text as sent;
 * {@code {method}}; {@code {url}} the public URL; {@code {secret}}; {@code {form-sorted}} and
 * {@code {form-sorted-stable}} the form's names and values in the order of the names, repeated names with their values
 * sorted and unique or in the order of submission; {@code {header:X}}, {@code {query:X}}, {@code {form:X}},
 * {@code {json:/p}} one value; {@code {config:x}} a configured value; {@code {body:sha256-hex}} and
 * {@code {body:crc32}}.
 *
 * @param parts the pieces in order
 */
public record Content(List<Part> parts) {

    /** A piece of the template. */
    public sealed interface Part permits Literal, Value, Field, Config {}

    /** Text that stands for itself. */
    public record Literal(String text) implements Part {}

    /** A value that every request has. */
    public enum Value implements Part {
        /** The raw bytes. */
        BODY("body"),
        /** Their SHA-256 in lower case hex. */
        BODY_SHA256_HEX("body:sha256-hex"),
        /** Their CRC-32 as a decimal number. */
        BODY_CRC32("body:crc32"),
        /** The time of signing, as the text that was sent. */
        TIMESTAMP("timestamp"),
        /** The delivery id, as the text that was sent. */
        ID("id"),
        /** The HTTP method. */
        METHOD("method"),
        /** The public URL. */
        URL("url"),
        /** The secret itself. */
        SECRET("secret"),
        /** A form's fields by name, the values of a repeated one sorted and unique. */
        FORM_SORTED("form-sorted"),
        /** A form's fields by name, the values of a repeated one in the order of submission. */
        FORM_SORTED_STABLE("form-sorted-stable");

        private final String key;

        Value(String key) {
            this.key = key;
        }
    }

    /** One value from a place in the request. */
    public record Field(Source source) implements Part {}

    /** A configured value. */
    public record Config(String name) implements Part {}

    public Content {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("empty content: nothing would be signed");
        }
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if a placeholder is unknown or not closed
     */
    public static Content parse(String template) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            if (open != at) {
                parts.add(new Literal(open < 0 ? template.substring(at) : template.substring(at, open)));
            }
            if (open < 0) {
                break;
            }
            int close = template.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("content '" + template + "': a { without its }");
            }
            parts.add(placeholder(template.substring(open + 1, close)));
            at = close + 1;
        }
        return new Content(parts);
    }

    private static Part placeholder(String name) {
        for (Value value : Value.values()) {
            if (value.key.equals(name)) {
                return value;
            }
        }
        if (name.startsWith("config:")) {
            return new Config(name.substring("config:".length()));
        }
        return new Field(Source.parse(name));
    }

    /** Whether {@code value} is part of what is signed. */
    public boolean signs(Value value) {
        return parts.contains(value);
    }

    /** Whether the body's bytes, a hash of them, or all of its form fields are part of what is signed. */
    public boolean signsBody() {
        return signs(Value.BODY) || signs(Value.BODY_SHA256_HEX) || signsForm();
    }

    /** Whether the body's form fields are signed, decoded, instead of its bytes. */
    public boolean signsForm() {
        return signs(Value.FORM_SORTED) || signs(Value.FORM_SORTED_STABLE);
    }

    /**
     * Whether the signature covers the value at {@code source}, so that nobody else can have chosen it. A scheme without
     * a signature covers nothing.
     */
    public boolean covers(Source source) {
        return switch (source.kind()) {
            case JSON, FORM -> signsBody() || parts.contains(new Field(source));
            case QUERY, PATH -> signs(Value.URL) || parts.contains(new Field(source));
            case HEADER ->
                parts.stream()
                        .anyMatch(p -> p instanceof Field f
                                && f.source().kind() == Source.Kind.HEADER
                                && f.source().name().equalsIgnoreCase(source.name()));
        };
    }
}
