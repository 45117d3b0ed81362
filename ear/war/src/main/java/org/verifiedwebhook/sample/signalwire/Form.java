package org.verifiedwebhook.sample.signalwire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pairs of a form body or of a query, decoded as SignalWire's own library does before it signs: UTF-8, {@code +} is
 * a blank, an escape that is none stays as it is.
 */
final class Form {

    private final Map<String, List<String>> pairs;

    private Form(Map<String, List<String>> pairs) {
        this.pairs = pairs;
    }

    /** Reads ASCII text such as {@code CallSid=CA1&From=%2B1415}. Never fails. */
    static Form parse(String text) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                String pair = text.substring(start, end);
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                pairs.computeIfAbsent(decode(name), n -> new ArrayList<>(1)).add(decode(value));
            }
            start = end + 1;
        }
        return new Form(pairs);
    }

    /** The value of a name that comes once. A name that comes twice is ambiguous and has none. */
    Optional<String> get(String name) {
        List<String> values = pairs.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static String decode(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (low >= 0) {
                out[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[length++] = in[i] == '+' ? (byte) ' ' : in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
