package org.verifiedwebhook;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a few values out of a JSON document that nobody has verified yet, in one pass over its bytes.
 *
 * <p>Strict, because a lenient reader and the application's reader may disagree about which tenant a body names: the
 * whole document must be RFC 8259 JSON in valid UTF-8 without a byte order mark, nested no deeper than
 * {@value #MAX_DEPTH}. A wanted member that stands twice is reported as such, however its name is spelt.
 */
final class JsonScan {

    static final int MAX_DEPTH = 64;

    /** The document is not strict JSON. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String problem, int at) {
            super(problem + " at byte " + at, null, false, false);
        }
    }

    /** What stands at a pointer. */
    record Found(Kind kind, String text) {
        enum Kind {
            TEXT,
            NUMBER,
            NULL,
            /** Something that is no name: an object, an array, a boolean, a text with NUL or a lone surrogate. */
            OTHER,
            /** The member stands more than once. */
            REPEATED
        }
    }

    /** The wanted pointers as a tree of reference tokens (RFC 6901). */
    static final class Wanted {
        private final Map<String, Wanted> children = new HashMap<>();
        private String pointer;

        static Wanted of(Iterable<String> pointers) {
            Wanted root = new Wanted();
            for (String pointer : pointers) {
                if (!pointer.startsWith("/")) {
                    throw new IllegalArgumentException("'" + pointer + "' is no JSON Pointer to a member");
                }
                Wanted node = root;
                for (String token : pointer.substring(1).split("/", -1)) {
                    String name = token.replace("~1", "/").replace("~0", "~");
                    node = node.children.computeIfAbsent(name, n -> new Wanted());
                }
                node.pointer = pointer;
            }
            return root;
        }

        boolean isEmpty() {
            return children.isEmpty();
        }
    }

    private final byte[] in;
    private final Map<String, Found> found = new HashMap<>();
    private int at;

    private JsonScan(byte[] in) {
        this.in = in;
    }

    /**
     * Reads what stands at the wanted pointers.
     *
     * @return by pointer; a pointer is missing if nothing stands there
     * @throws MalformedException if the document is not strict JSON
     */
    static Map<String, Found> scan(byte[] document, Wanted wanted) throws MalformedException {
        JsonScan scan = new JsonScan(document);
        scan.space();
        scan.value(wanted, 0);
        scan.space();
        if (scan.at < document.length) {
            throw scan.malformed("text after the document");
        }
        return scan.found;
    }

    private MalformedException malformed(String problem) {
        return new MalformedException(problem, at);
    }

    private int peek() throws MalformedException {
        if (at >= in.length) {
            throw malformed("unexpected end");
        }
        return in[at];
    }

    private void space() {
        while (at < in.length && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    /** Reads a value; {@code wanted} is null where nothing below is wanted. */
    private void value(Wanted wanted, int depth) throws MalformedException {
        if (depth > MAX_DEPTH) {
            throw malformed("nested too deep");
        }
        boolean terminal = wanted != null && wanted.pointer != null;
        int start = at;
        switch (peek()) {
            case '{' -> {
                put(wanted, terminal, Found.Kind.OTHER, "");
                object(wanted, depth);
            }
            case '[' -> {
                put(wanted, terminal, Found.Kind.OTHER, "");
                array(wanted, depth);
            }
            case '"' -> {
                String text = string(terminal);
                put(wanted, terminal, text == null ? Found.Kind.OTHER : Found.Kind.TEXT, text == null ? "" : text);
            }
            case 't' -> literal("true", wanted, terminal, Found.Kind.OTHER);
            case 'f' -> literal("false", wanted, terminal, Found.Kind.OTHER);
            case 'n' -> literal("null", wanted, terminal, Found.Kind.NULL);
            default -> {
                number();
                if (terminal) {
                    put(wanted, true, Found.Kind.NUMBER, new String(in, start, at - start, StandardCharsets.US_ASCII));
                }
            }
        }
    }

    private void put(Wanted wanted, boolean terminal, Found.Kind kind, String text) {
        if (terminal) {
            found.putIfAbsent(wanted.pointer, new Found(kind, text));
        }
    }

    private void literal(String word, Wanted wanted, boolean terminal, Found.Kind kind) throws MalformedException {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw malformed("unknown word");
            }
            at++;
        }
        put(wanted, terminal, kind, "");
    }

    private void object(Wanted wanted, int depth) throws MalformedException {
        at++;
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        boolean naming = wanted != null && !wanted.isEmpty();
        Map<String, Boolean> seen = naming ? new HashMap<>() : Map.of();
        while (true) {
            if (peek() != '"') {
                throw malformed("a member without a name");
            }
            String name = string(naming);
            Wanted child = name == null || !naming ? null : wanted.children.get(name);
            space();
            if (peek() != ':') {
                throw malformed("a member without a value");
            }
            at++;
            space();
            boolean again = child != null && seen.put(name, true) != null;
            value(again ? null : child, depth + 1);
            if (again) {
                repeated(child);
            }
            space();
            if (peek() == '}') {
                at++;
                return;
            }
            separator();
        }
    }

    /** Everything below a repeated member is ambiguous, whichever copy it stands in. */
    private void repeated(Wanted node) {
        if (node.pointer != null) {
            found.put(node.pointer, new Found(Found.Kind.REPEATED, ""));
        }
        node.children.values().forEach(this::repeated);
    }

    private void array(Wanted wanted, int depth) throws MalformedException {
        at++;
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        boolean naming = wanted != null && !wanted.isEmpty();
        for (int index = 0; ; index++) {
            value(naming ? wanted.children.get(Integer.toString(index)) : null, depth + 1);
            space();
            if (peek() == ']') {
                at++;
                return;
            }
            separator();
        }
    }

    private void separator() throws MalformedException {
        if (peek() != ',') {
            throw malformed("a comma is missing");
        }
        at++;
        space();
    }

    private void number() throws MalformedException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < in.length && in[at] == '.') {
            at++;
            digits();
        }
        if (at < in.length && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() throws MalformedException {
        if (peek() < '0' || peek() > '9') {
            throw malformed("not a value");
        }
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
    }

    /**
     * Reads a string.
     *
     * @return its text if {@code decode}, null if that text has a NUL or a lone surrogate, or if not asked for
     */
    private String string(boolean decode) throws MalformedException {
        int start = ++at;
        boolean plain = true;
        while (true) {
            int b = peek();
            if (b == '"') {
                break;
            }
            if (b == '\\') {
                plain = false;
                escape();
            } else if (b < 0) {
                multiByte();
            } else if (b < ' ') {
                throw malformed("a control character in a string");
            } else {
                at++;
            }
        }
        int end = at++;
        if (!decode) {
            return null;
        }
        String raw = new String(in, start, end - start, StandardCharsets.UTF_8);
        return plain ? raw : unescape(raw);
    }

    private void escape() throws MalformedException {
        at++;
        int b = peek();
        at++;
        if (b == 'u') {
            for (int i = 0; i < 4; i++) {
                if (hexDigit(peek()) < 0) {
                    throw malformed("a broken escape");
                }
                at++;
            }
        } else if ("\"\\/bfnrt".indexOf(b) < 0) {
            throw malformed("an unknown escape");
        }
    }

    private static int hexDigit(int b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Reads one well-formed UTF-8 sequence of two to four bytes (Unicode table 3-7). */
    private void multiByte() throws MalformedException {
        int lead = in[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > in.length) {
            throw malformed("invalid UTF-8");
        }
        int second = in[at + 1] & 0xFF;
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            throw malformed("invalid UTF-8");
        }
        for (int i = 2; i < length; i++) {
            if ((in[at + i] & 0xC0) != 0x80) {
                throw malformed("invalid UTF-8");
            }
        }
        at += length;
    }

    /** Resolves escapes that {@link #escape} has checked; null if a NUL or a lone surrogate comes out. */
    private static String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            c = raw.charAt(++i);
            switch (c) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    int unit = 0;
                    for (int digit = 1; digit <= 4; digit++) {
                        unit = unit << 4 | hexDigit(raw.charAt(i + digit));
                    }
                    text.append((char) unit);
                    i += 4;
                }
                default -> text.append(c);
            }
        }
        return text.indexOf("\0") >= 0 || !wellFormed(text) ? null : text.toString();
    }

    private static boolean wellFormed(CharSequence text) {
        try {
            ByteBuffer ignored = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            return ignored.hasRemaining() || text.isEmpty();
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
