package org.verifiedwebhook;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What both formats of vectors have in common. An unknown member fails: it may be the point of the vector. */
final class VectorJson {

    private VectorJson() {}

    static void checkKnown(JsonObject object, String where, Set<String> known) {
        Set<String> unknown = new TreeSet<>(object.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new AssertionError(where + " has unknown members " + unknown);
        }
    }

    static List<String> texts(JsonObject object, String member) {
        return object.containsKey(member) ? object.getJsonArray(member).getValuesAs(JsonString::getString) : List.of();
    }

    static Clock clock(JsonObject vector) {
        return Clock.fixed(
                Instant.ofEpochSecond(vector.getJsonNumber("nowEpochSeconds").longValueExact()), ZoneOffset.UTC);
    }

    static WebhookRequest.Builder request(JsonObject json, String url) {
        checkKnown(json, "request", Set.of("method", "url", "headers", "bodyBase64"));
        WebhookRequest.Builder request = WebhookRequest.of(json.getString("method"), url);
        json.getJsonObject("headers").forEach((name, value) -> {
            for (JsonValue line : value instanceof jakarta.json.JsonArray lines ? lines : List.of(value)) {
                request.header(name, ((JsonString) line).getString());
            }
        });
        return request.body(Base64.getDecoder().decode(json.getString("bodyBase64", "")));
    }

    static boolean valid(JsonObject vector) {
        return switch (vector.getString("expected")) {
            case "valid" -> true;
            case "invalid" -> false;
            default -> throw new AssertionError("expected: " + vector.getString("expected"));
        };
    }
}
