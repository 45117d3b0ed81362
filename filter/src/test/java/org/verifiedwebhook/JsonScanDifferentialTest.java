package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scanner and the parser that applications use read the same tenant, or the scanner refuses. */
class JsonScanDifferentialTest {

    private static final List<String> POINTERS = List.of("/t", "/o/d/u", "/a/0", "/~1x/~0y");
    private static final JsonScan.Wanted WANTED = JsonScan.Wanted.of(POINTERS);

    private final Random random = new Random(20260101);

    @Test
    void whatTheScannerFinds_theParserFindsToo() {
        int found = 0;
        int malformed = 0;
        int lenient = 0;
        for (int i = 0; i < 12000; i++) {
            byte[] document = SignedRequests.utf8(value(0));
            if (i % 4 == 1 && document.length > 0) {
                document[random.nextInt(document.length)] = (byte) random.nextInt(256);
            }
            JsonValue parsed = parsed(document);
            try {
                Map<String, JsonScan.Found> scanned = JsonScan.scan(document, WANTED);
                if (parsed == null) {
                    lenient++;
                    fail("the parser refuses what the scanner reads: "
                            + new String(document, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
                found += compare(document, scanned, parsed);
            } catch (JsonScan.MalformedException e) {
                malformed++;
            }
        }
        assertTrue(found > 300 && malformed > 300, found + " found, " + malformed + " malformed, " + lenient);
    }

    private static int compare(byte[] document, Map<String, JsonScan.Found> scanned, JsonValue parsed) {
        int found = 0;
        for (String pointer : POINTERS) {
            JsonScan.Found one = scanned.get(pointer);
            JsonValue other = at(parsed, pointer);
            String where = pointer + " of " + new String(document, java.nio.charset.StandardCharsets.UTF_8);
            if (one == null) {
                assertEquals(null, other, where);
            } else if (one.kind() == JsonScan.Found.Kind.TEXT) {
                assertEquals(one.text(), other instanceof JsonString s ? s.getString() : null, where);
                found++;
            } else if (one.kind() == JsonScan.Found.Kind.NUMBER) {
                assertEquals(JsonValue.ValueType.NUMBER, other.getValueType(), where);
            } else if (one.kind() == JsonScan.Found.Kind.NULL) {
                assertEquals(JsonValue.NULL, other, where);
            }
        }
        return found;
    }

    private static JsonValue at(JsonValue parsed, String pointer) {
        if (!(parsed instanceof JsonStructure structure)) {
            return null;
        }
        JsonPointer at = Json.createPointer(pointer);
        try {
            return at.containsValue(structure) ? at.getValue(structure) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private static JsonValue parsed(byte[] document) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(document))) {
            return reader.readValue();
        } catch (JsonException | IllegalStateException e) {
            return null;
        }
    }

    private String value(int depth) {
        int kind = depth == 0 ? 6 + random.nextInt(3) : random.nextInt(depth > 4 ? 6 : 9);
        return switch (kind) {
            case 0, 1, 2 -> text();
            case 3 -> pick("0", "-1", "1.5", "1e5", "-0", "12345678901234567890", "1E-2");
            case 4 -> pick("true", "false", "null");
            case 5 ->
                random.nextInt(8) > 0
                        ? pick("{}", "[]", "[ ]")
                        : pick("[,]", "", "nul", "True", "01", "+1", "1.", "\"\\x\"");
            case 6 -> "[" + list(depth) + "]";
            default -> object(depth);
        };
    }

    private String object(int depth) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            members.add(space() + name() + space() + ":" + space() + value(depth + 1) + space());
        }
        return "{" + String.join(",", members) + "}";
    }

    private String list(int depth) {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            elements.add(value(depth + 1));
        }
        return String.join(",", elements);
    }

    private String name() {
        return pick(
                "\"t\"",
                "\"\\u0074\"",
                "\"o\"",
                "\"d\"",
                "\"u\"",
                "\"\\u0075\"",
                "\"a\"",
                "\"0\"",
                "\"/x\"",
                "\"~y\"",
                "\"T\"",
                "\"t \"",
                "\"\"",
                "\"o/d/u\"",
                "\"\\u006F\"");
    }

    private String text() {
        return pick(
                "\"acme\"",
                "\"\\u0061cme\"",
                "\"\u00e8\"",
                "\"\\ud83d\\ude00\"",
                "\"\ud83d\ude00\"",
                "\"a\\/b\"",
                "\"\\\"\"",
                "\"\\b\\f\\n\\r\\t\\\\\"",
                "\"\"",
                "\" \"",
                "\"\u2028\"",
                "\"\u007f\"",
                "\"t\\u0000\"",
                "\"\\ud800\"");
    }

    private String space() {
        return pick("", "", "", " ", "\n", "\t", "\r\n");
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
