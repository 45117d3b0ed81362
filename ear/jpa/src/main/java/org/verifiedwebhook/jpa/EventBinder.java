package org.verifiedwebhook.jpa;

import jakarta.json.Json;
import jakarta.json.bind.Jsonb;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes of a verified body what a handler takes. */
final class EventBinder {

    private final JsonParserFactory parsers = Json.createParserFactory(Map.of());
    private final Jsonb jsonb;

    EventBinder(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    /** The body is not what the handler takes, and never will be. Says nothing of what is in the body. */
    static final class UnbindableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnbindableException(String message) {
            super(message);
        }
    }

    Object bind(byte[] body, Type type) throws UnbindableException {
        if (type == byte[].class) {
            return body.clone();
        }
        String text = text(body);
        return type == String.class ? text : json(text, type);
    }

    /** Strict: a lenient decoder would put U+FFFD where nobody sent it. */
    private static String text(byte[] body) throws UnbindableException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnbindableException("the body is not UTF-8");
        }
    }

    private Object json(String text, Type type) throws UnbindableException {
        // JSON-B itself takes null for any type, and does not look at what follows the value.
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            if (parser.next() == JsonParser.Event.VALUE_NULL) {
                throw new UnbindableException("the body is null");
            }
            while (parser.hasNext()) {
                parser.next();
            }
        } catch (RuntimeException e) {
            // Not JsonException alone: too deep a nesting is answered with other exceptions.
            throw new UnbindableException(
                    "the body is not JSON: " + e.getClass().getName());
        }
        try {
            return jsonb.fromJson(text, type);
        } catch (RuntimeException e) {
            // Its message may quote the body.
            throw new UnbindableException("the body does not bind to " + type.getTypeName() + ": "
                    + e.getClass().getName());
        }
    }
}
