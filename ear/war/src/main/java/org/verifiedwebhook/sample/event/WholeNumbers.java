package org.verifiedwebhook.sample.event;

import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;

/** Reads whole numbers and nothing else; left to itself, JSON-B cuts 1.5 and 12345678901 to fit. */
final class WholeNumbers {

    private WholeNumbers() {}

    /** For {@link Integer}. */
    static final class OfInteger implements JsonbDeserializer<Integer> {
        @Override
        public Integer deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return Math.toIntExact(read(parser));
        }
    }

    /** For {@link Long}. */
    static final class OfLong implements JsonbDeserializer<Long> {
        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return read(parser);
        }
    }

    private static long read(JsonParser parser) {
        try {
            return Long.parseLong(parser.getString());
        } catch (IllegalStateException e) {
            throw new JsonbException("Not a number.", e);
        }
    }
}
