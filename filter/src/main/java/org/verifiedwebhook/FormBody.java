package org.verifiedwebhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of an {@code application/x-www-form-urlencoded} text in the order of submission, decoded as the WHATWG URL
 * standard (section 5.1) does: {@code &} separates, {@code +} is a space, a broken percent escape stands for itself,
 * bytes that are not UTF-8 become U+FFFD.
 */
public final class FormBody {

    /** A decoded field. */
    record Field(String name, String value) {}

    private final List<Field> fields;

    /** Fields of an unverified body at most. Each costs a hundred times its bytes, which the body's cap does not see. */
    static final int MAX_FIELDS = 10_000;

    private FormBody(List<Field> fields) {
        this.fields = fields;
    }

    /** Whether a body has more fields than anybody sends; found out without reading them. */
    static boolean tooMany(byte[] bytes) {
        int separators = 0;
        for (byte b : bytes) {
            separators += b == '&' ? 1 : 0;
        }
        return separators >= MAX_FIELDS;
    }

    /** Whether a body of this media type is a form; null is none. */
    public static boolean isForm(String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].trim().equalsIgnoreCase("application/x-www-form-urlencoded");
    }

    /** Reads the fields of a body or, in its bytes, of a query. */
    public static FormBody parse(byte[] bytes) {
        List<Field> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '&') {
                if (i > start) {
                    fields.add(field(bytes, start, i));
                }
                start = i + 1;
            }
        }
        return new FormBody(fields);
    }

    static FormBody parse(String query) {
        return parse(query.getBytes(StandardCharsets.UTF_8));
    }

    private static Field field(byte[] bytes, int start, int end) {
        int equals = start;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        return new Field(decode(bytes, start, equals), decode(bytes, Math.min(equals + 1, end), end));
    }

    private static String decode(byte[] bytes, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            int high = bytes[i] == '%' && i + 2 < end ? hex(bytes[i + 1]) : -1;
            int low = high < 0 ? -1 : hex(bytes[i + 2]);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte b) {
        // Character.digit would take full-width digits.
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Whether no field has a name or a value. */
    boolean isEmpty() {
        return fields.stream().allMatch(f -> f.name().isEmpty() && f.value().isEmpty());
    }

    /** All values of a field, in the order of submission. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(f -> f.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /** All fields with all their values, in the order of submission. */
    public Map<String, List<String>> asMap() {
        Map<String, List<String>> map = new LinkedHashMap<>();
        fields.forEach(
                f -> map.computeIfAbsent(f.name(), n -> new ArrayList<>(1)).add(f.value()));
        return map;
    }

    /** Names and values in the order of the names by UTF-16 code unit; repeated names stay in the order of submission. */
    String sortedStable() {
        StringBuilder text = new StringBuilder();
        fields.stream().sorted(Comparator.comparing(Field::name)).forEach(f -> text.append(f.name())
                .append(f.value()));
        return text.toString();
    }

    /** Names and values in the order of the names; the values of a repeated name sorted and without repetition. */
    String sortedUnique() {
        Map<String, TreeSet<String>> sorted = new TreeMap<>();
        fields.forEach(
                f -> sorted.computeIfAbsent(f.name(), n -> new TreeSet<>()).add(f.value()));
        StringBuilder text = new StringBuilder();
        sorted.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }
}
