package org.verifiedwebhook;

import static org.verifiedwebhook.SignedRequests.concat;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON bodies that name a tenant in a way no reader may trust. */
final class HostileBodies {

    private HostileBodies() {}

    /**
     * Bodies by what is wrong with them.
     *
     * @param head the document up to where the tenant's value stands, {@code {"owner":{"domain":{"uuid":} for instance
     * @param tail what stands behind the value, the closing braces for instance
     * @param member the last member's name
     * @param good a value that is known
     */
    static Map<String, byte[]> of(String head, String tail, String member, String good) {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        String value = '"' + good + '"';
        String escaped = String.format("\\u%04x", (int) member.charAt(0)) + member.substring(1);
        String upper = String.format("\\u%04X", (int) member.charAt(0)) + member.substring(1);
        bodies.put("doubled", utf8(head + value + ",\"" + member + "\":" + value + tail));
        bodies.put("doubled, other first", utf8(head + "\"x\",\"" + member + "\":" + value + tail));
        bodies.put("doubled, other last", utf8(head + value + ",\"" + member + "\":\"x\"" + tail));
        bodies.put("doubled by an escaped name", utf8(head + value + ",\"" + escaped + "\":\"x\"" + tail));
        bodies.put("doubled by an escape in capitals", utf8(head + value + ",\"" + upper + "\":\"x\"" + tail));
        bodies.put("doubled, one null", utf8(head + value + ",\"" + member + "\":null" + tail));
        bodies.put("doubled, null first", utf8(head + "null,\"" + member + "\":" + value + tail));
        bodies.put("doubled, one an object", utf8(head + value + ",\"" + member + "\":{}" + tail));
        bodies.put("doubled, object first", utf8(head + "{},\"" + member + "\":" + value + tail));
        bodies.put("doubled, empty first", utf8(head + "\"\",\"" + member + "\":" + value + tail));
        bodies.put("three times", utf8(head + value + (",\"" + member + "\":" + value).repeat(2) + tail));
        for (String wrong : new String[] {
            "1",
            "1.5",
            "-0",
            "true",
            "false",
            "null",
            "[]",
            "{}",
            "[" + value + "]",
            "{\"a\":" + value + "}",
            "1e1000000000",
            "\"\"",
            "\" \"",
            "\"\\t\"",
            "\"\\u0000\"",
            "\"" + good + "\\u0000\"",
            "\"\\ud800\"",
            "\"" + good + "\\udc00\"",
            "\"\\udc00\\ud800\"",
            "\"" + good + "\\ud83d\"",
            "\"\\u001b[31m\"",
            "\"a\\nb\"",
            "\"\\u007f\"",
            "\"\\u0085\"",
            "\"\\ufffd\"",
            "\"" + "a".repeat(10_000) + "\""
        }) {
            bodies.put("value " + (wrong.length() > 40 ? wrong.substring(0, 40) : wrong), utf8(head + wrong + tail));
        }
        malformed(bodies, head, tail, value);
        bytes(bodies, head, tail, good);
        return bodies;
    }

    private static void malformed(Map<String, byte[]> bodies, String head, String tail, String value) {
        String whole = head + value + tail;
        for (String garbage : new String[] {"x", ",", "}", "{}", "\0", whole, "//", "\u00a0", "\u2028"}) {
            bodies.put("text after: " + garbage.replace('\0', '0'), utf8(whole + garbage));
        }
        for (int length = 0; length < whole.length(); length++) {
            bodies.put("truncated at " + length, utf8(whole.substring(0, length)));
        }
        for (String number : new String[] {"01", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "-", "1e+", "--1"}) {
            bodies.put("other value " + number, utf8("{\"n\":" + number + "," + whole.substring(1)));
        }
        for (String text :
                new String[] {"\\x", "\\u12", "\\u12g4", "\\u\uff11\uff11\uff11\uff11", "\t", "\n", "\0", "\u001f", "\\"
                }) {
            bodies.put(
                    "other text " + utf8(text).length + "/" + bodies.size(),
                    utf8("{\"s\":\"" + text + "\"," + whole.substring(1)));
        }
        bodies.put("trailing comma", utf8(head + value + "," + tail));
        bodies.put("comment", utf8("/**/" + whole));
        bodies.put("single quotes", utf8(whole.replace('"', '\'')));
        bodies.put("name without quotes", utf8("{a:1," + whole.substring(1)));
        bodies.put("vertical tab as space", utf8("\u000b" + whole));
        bodies.put("no-break space as space", utf8("\u00a0" + whole));
        bodies.put("capital literal", utf8("{\"a\":True," + whole.substring(1)));
        bodies.put(
                "arrays 100,000 deep",
                utf8("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "," + whole.substring(1)));
        bodies.put("objects 100,000 deep", utf8("{\"a\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001)));
        bodies.put("open arrays", utf8("[".repeat(100_000)));
        bodies.put("array as document", utf8("[" + whole + "]"));
        bodies.put("text as document", utf8(value));
        bodies.put("number as document", utf8("1"));
        bodies.put("member missing", utf8("{}"));
    }

    private static void bytes(Map<String, byte[]> bodies, String head, String tail, String good) {
        int[][] invalid = {
            {0x80},
            {0xBF},
            {0xC0, 0x80},
            {0xC0, 0xAF},
            {0xC1, 0xBF},
            {0xC3},
            {0xC3, 0x28},
            {0xE0, 0x80, 0xAF},
            {0xE0, 0x9F, 0xBF},
            {0xE2, 0x82},
            {0xED, 0xA0, 0x80},
            {0xED, 0xBF, 0xBF},
            {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80},
            {0xF0, 0x80, 0x80, 0x80},
            {0xF0, 0x8F, 0xBF, 0xBF},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xF8, 0x88, 0x80, 0x80, 0x80},
            {0xFE},
            {0xFF},
            {0xF0, 0x9F, 0x98},
            {0x00}
        };
        for (int[] sequence : invalid) {
            byte[] bad = new byte[sequence.length];
            for (int i = 0; i < bad.length; i++) {
                bad[i] = (byte) sequence[i];
            }
            String shown = java.util.Arrays.toString(sequence);
            byte[] start = utf8(head + '"' + good);
            byte[] end = utf8('"' + tail);
            bodies.put("bytes in the value " + shown, concat(concat(start, bad), end));
            byte[] other = concat(utf8("{\"s\":\""), concat(bad, utf8("\",")));
            bodies.put("bytes elsewhere " + shown, concat(other, utf8((head + '"' + good + '"' + tail).substring(1))));
            byte[] name = concat(utf8("{\""), concat(bad, utf8("\":1,")));
            bodies.put("bytes in a name " + shown, concat(name, utf8((head + '"' + good + '"' + tail).substring(1))));
        }
        String whole = head + '"' + good + '"' + tail;
        bodies.put("UTF-16LE", whole.getBytes(StandardCharsets.UTF_16LE));
        bodies.put("UTF-16BE", whole.getBytes(StandardCharsets.UTF_16BE));
        bodies.put("UTF-16 with a mark", whole.getBytes(StandardCharsets.UTF_16));
        bodies.put("UTF-32", whole.getBytes(java.nio.charset.Charset.forName("UTF-32LE")));
        bodies.put("byte order mark", concat(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, utf8(whole)));
        ByteArrayOutputStream noise = new ByteArrayOutputStream();
        new java.util.Random(1).ints(4096).forEach(noise::write);
        bodies.put("noise", noise.toByteArray());
    }
}
