package org.verifiedwebhook;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reader of RFC 8259, for tests only: decodes the whole document first, keeps everything, and is written from
 * the grammar, so that it shares no mistake with the scanner.
 */
final class ReferenceJson {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");
    private static final Pattern WORD = Pattern.compile("true|false|null");
    private static final Pattern UNIT = Pattern.compile("[0-9A-Fa-f]{4}");

    /** The document is not what the grammar describes, or deeper than the scanner's limit. */
    static final class InvalidException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidException(String problem) {
            super(problem);
        }
    }

    record Text(String text) {}

    record Number(String text) {}

    record Word(String text) {}

    record Elements(List<Object> all) {}

    record Member(String name, Object value) {}

    record Members(List<Member> all) {}

    private final String in;
    private int at;

    private ReferenceJson(String in) {
        this.in = in;
    }

    /** The document; throws {@link InvalidException} if it is none. */
    static Object parse(byte[] document) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidException("not UTF-8");
        }
        ReferenceJson reader = new ReferenceJson(text);
        reader.space();
        Object value = reader.value(0);
        reader.space();
        if (reader.at != text.length()) {
            throw new InvalidException("more than one value");
        }
        return value;
    }

    /** What the scanner should find at {@code pointer}; empty if nothing stands there. */
    static Optional<JsonScan.Found> at(Object document, String pointer) {
        Object value = document;
        for (String token : pointer.substring(1).split("/", -1)) {
            String name = token.replace("~1", "/").replace("~0", "~");
            List<Object> matches = new ArrayList<>();
            if (value instanceof Members members) {
                members.all().stream().filter(m -> m.name().equals(name)).forEach(m -> matches.add(m.value()));
            } else if (value instanceof Elements elements && name.matches("0|[1-9][0-9]{0,6}")) {
                int index = Integer.parseInt(name);
                elements.all().stream().skip(index).limit(1).forEach(matches::add);
            }
            if (matches.isEmpty()) {
                return Optional.empty();
            }
            if (matches.size() > 1) {
                return Optional.of(new JsonScan.Found(JsonScan.Found.Kind.REPEATED, ""));
            }
            value = matches.get(0);
        }
        return Optional.of(found(value));
    }

    private static JsonScan.Found found(Object value) {
        if (value instanceof Text text && clean(text.text())) {
            return new JsonScan.Found(JsonScan.Found.Kind.TEXT, text.text());
        }
        if (value instanceof Number number) {
            return new JsonScan.Found(JsonScan.Found.Kind.NUMBER, number.text());
        }
        boolean isNull = value instanceof Word word && word.text().equals("null");
        return new JsonScan.Found(isNull ? JsonScan.Found.Kind.NULL : JsonScan.Found.Kind.OTHER, "");
    }

    private static boolean clean(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= 0xD800 && c <= 0xDFFF);
    }

    private void space() {
        while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char c) {
        boolean there = at < in.length() && in.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void demand(char c) {
        if (!take(c)) {
            throw new InvalidException("no " + c);
        }
    }

    private Object value(int depth) {
        if (depth > JsonScan.MAX_DEPTH) {
            throw new InvalidException("too deep");
        }
        if (take('{')) {
            return members(depth);
        }
        if (take('[')) {
            return elements(depth);
        }
        if (take('"')) {
            return new Text(text());
        }
        Optional<String> word = next(WORD);
        return word.isPresent()
                ? new Word(word.get())
                : new Number(next(NUMBER).orElseThrow(() -> new InvalidException("no value")));
    }

    private Optional<String> next(Pattern pattern) {
        Matcher matcher = pattern.matcher(in).region(at, in.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }

    private Members members(int depth) {
        List<Member> all = new ArrayList<>();
        space();
        if (take('}')) {
            return new Members(all);
        }
        do {
            space();
            demand('"');
            String name = text();
            space();
            demand(':');
            space();
            all.add(new Member(name, value(depth + 1)));
            space();
        } while (take(','));
        demand('}');
        return new Members(all);
    }

    private Elements elements(int depth) {
        List<Object> all = new ArrayList<>();
        space();
        if (take(']')) {
            return new Elements(all);
        }
        do {
            space();
            all.add(value(depth + 1));
            space();
        } while (take(','));
        demand(']');
        return new Elements(all);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        while (!take('"')) {
            if (at == in.length() || in.charAt(at) < ' ') {
                throw new InvalidException("a text without its end");
            }
            char c = in.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        return text.toString();
    }

    private char escaped() {
        if (take('u')) {
            return (char) Integer.parseInt(next(UNIT).orElseThrow(() -> new InvalidException("no code unit")), 16);
        }
        int known = at < in.length() ? "\"\\/bfnrt".indexOf(in.charAt(at)) : -1;
        if (known < 0) {
            throw new InvalidException("no escape");
        }
        at++;
        return "\"\\/\b\f\n\r\t".charAt(known);
    }
}
