package org.verifiedwebhook.sender;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * An object of a sender file, read strictly: every member must have the right type, and one that nobody asked for is a
 * spelling mistake. Problems are {@link IllegalArgumentException}s that begin with the path of the member.
 */
final class FileObject {

    private final String path;
    private final JsonObject object;
    private final Set<String> asked = new HashSet<>();

    FileObject(String path, JsonObject object) {
        this.path = path;
        this.object = object;
    }

    private String at(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    private Optional<JsonValue> value(String member) {
        asked.add(member);
        return Optional.ofNullable(object.get(member));
    }

    private IllegalArgumentException wrong(String member, String wanted) {
        return new IllegalArgumentException(at(member) + ": must be " + wanted);
    }

    boolean has(String member) {
        return object.containsKey(member);
    }

    Optional<String> text(String member) {
        return value(member).map(v -> asText(member, v));
    }

    private String asText(String member, JsonValue value) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw wrong(member, "a text");
    }

    String requiredText(String member) {
        return text(member).orElseThrow(() -> new IllegalArgumentException(at(member) + ": is missing"));
    }

    boolean flag(String member) {
        return value(member)
                .map(v -> {
                    if (v != JsonValue.TRUE && v != JsonValue.FALSE) {
                        throw wrong(member, "true or false");
                    }
                    return v == JsonValue.TRUE;
                })
                .orElse(false);
    }

    OptionalInt number(String member) {
        Optional<JsonValue> value = value(member);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.get() instanceof JsonNumber number && number.isIntegral()) {
            try {
                return OptionalInt.of(number.intValueExact());
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(at(member) + ": is too large", e);
            }
        }
        throw wrong(member, "a whole number");
    }

    Optional<Duration> duration(String member) {
        return text(member).map(t -> {
            try {
                return Duration.parse(t);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(at(member) + ": must be an ISO 8601 duration, PT5M for instance", e);
            }
        });
    }

    /** A text, or an array of texts. */
    List<String> texts(String member) {
        Optional<JsonValue> value = value(member);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof JsonArray array) {
            return array.stream().map(v -> asText(member, v)).toList();
        }
        return List.of(asText(member, value.get()));
    }

    Optional<FileObject> object(String member) {
        return value(member).map(v -> asObject(at(member), v));
    }

    private static FileObject asObject(String where, JsonValue value) {
        if (value instanceof JsonObject json) {
            return new FileObject(where, json);
        }
        throw new IllegalArgumentException(where + ": must be an object");
    }

    /** An array of objects, each read by {@code reader} and then checked for members nobody asked for. */
    <T> List<T> objects(String member, Function<FileObject, T> reader) {
        Optional<JsonValue> value = value(member);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof JsonArray array)) {
            throw wrong(member, "an array");
        }
        List<T> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            list.add(asObject(at(member) + "[" + i + "]", array.get(i)).read(reader));
        }
        return list;
    }

    /** The texts by member name, in order. */
    Map<String, String> textMap() {
        Map<String, String> map = new LinkedHashMap<>();
        object.keySet().forEach(k -> map.put(k, requiredText(k)));
        return map;
    }

    /** The objects by member name, in order. */
    Map<String, FileObject> objectMap() {
        Map<String, FileObject> map = new LinkedHashMap<>();
        object.keySet().forEach(k -> map.put(k, object(k).orElseThrow()));
        return map;
    }

    /** One of {@code values}, by the key that {@code key} gives it. */
    <E extends Enum<E>> Optional<E> choice(String member, E[] values, Function<E, String> key) {
        return text(member).map(t -> {
            List<String> keys = new ArrayList<>();
            for (E value : values) {
                if (key.apply(value).equals(t)) {
                    return value;
                }
                keys.add(key.apply(value));
            }
            throw wrong(member, "one of " + keys);
        });
    }

    /** Reads this object whole: says where a problem is, and refuses what nobody asked for. */
    <T> T read(Function<FileObject, T> reader) {
        T result;
        try {
            result = reader.apply(this);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw path.isEmpty() || message.startsWith(path)
                    ? e
                    : new IllegalArgumentException(path + ": " + message, e);
        }
        for (String member : object.keySet()) {
            if (!asked.contains(member)) {
                throw new IllegalArgumentException(at(member) + ": is unknown; known are "
                        + asked.stream().sorted().toList());
            }
        }
        return result;
    }
}
