package org.verifiedwebhook.sender;

import java.util.Objects;

/**
 * A place in a request where a value may stand, written {@code kind:name} in sender files.
 *
 * @param kind where to look
 * @param name the header field, query or form parameter, the JSON Pointer (RFC 6901), or the path segment's number:
 *     1 is the first, -1 the last
 */
public record Source(Kind kind, String name) {

    /** Where a value may stand. */
    public enum Kind {
        /** A header field; names are case-insensitive (RFC 9110 section 5.1). */
        HEADER,
        /** A parameter of the URL's query. */
        QUERY,
        /** A field of an {@code application/x-www-form-urlencoded} body. */
        FORM,
        /** A member of a JSON body. */
        JSON,
        /** A segment of the URL's path. */
        PATH
    }

    public Source {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        if (kind == Kind.JSON ? !name.startsWith("/") : name.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' is not a " + kind + " source");
        }
        if (kind == Kind.PATH && !name.matches("-?[1-9][0-9]?")) {
            throw new IllegalArgumentException("path:" + name + ": write the segment's number, path:1 or path:-1");
        }
    }

    /**
     * Reads {@code kind:name}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Source parse(String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            for (Kind kind : Kind.values()) {
                if (kind.name().toLowerCase(java.util.Locale.ROOT).equals(text.substring(0, colon))) {
                    return new Source(kind, text.substring(colon + 1));
                }
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a source: write header:, query:, form:, json:/ or path: and a name");
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
    }
}
