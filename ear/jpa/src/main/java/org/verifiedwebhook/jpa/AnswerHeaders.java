package org.verifiedwebhook.jpa;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;

/** Header fields as one column: a JSON object of strings. */
final class AnswerHeaders {

    private AnswerHeaders() {}

    static String toText(Map<String, String> headers) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        headers.forEach(object::add);
        return object.build().toString();
    }

    static Map<String, String> toMap(String text) {
        Map<String, String> headers = new TreeMap<>();
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            reader.readObject().forEach((name, value) -> headers.put(name, ((JsonString) value).getString()));
        }
        return headers;
    }
}
