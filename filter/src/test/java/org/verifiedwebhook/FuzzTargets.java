package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Encoding;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.SignatureScheme;

/**
 * What no bytes from outside may do to the parsers that meet them before anything is verified: make one throw, or read
 * something else than a second, plain reader of the same rules.
 */
final class FuzzTargets {

    static final List<String> POINTERS = List.of("/t", "/o/d/u", "/a/0", "/~1x/~0y");
    private static final JsonScan.Wanted WANTED = JsonScan.Wanted.of(POINTERS);
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private FuzzTargets() {}

    /** The tenant reader finds what a second reader finds, and refuses what that refuses. */
    static void json(byte[] data) {
        Map<String, JsonScan.Found> scanned;
        try {
            scanned = JsonScan.scan(data, WANTED);
        } catch (JsonScan.MalformedException e) {
            scanned = null;
        }
        Map<String, JsonScan.Found> expected;
        try {
            Object document = ReferenceJson.parse(data);
            Map<String, JsonScan.Found> found = new HashMap<>();
            POINTERS.forEach(p -> ReferenceJson.at(document, p).ifPresent(f -> found.put(p, f)));
            expected = found;
        } catch (ReferenceJson.InvalidException e) {
            expected = null;
        }
        assertEquals(expected, scanned);
    }

    /** A tag is decoded if, and only if, it is the one spelling of its bytes. */
    static void tag(byte[] data) {
        if (data.length < 1) {
            return;
        }
        Encoding encoding = Encoding.values()[(data[0] & 0x3F) % Encoding.values().length];
        boolean latin = (data[0] & 0x40) == 0;
        String text =
                new String(data, 1, data.length - 1, latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        assertArrayEquals(
                switch (encoding) {
                    case HEX -> plainHex(text, "0123456789abcdefABCDEF");
                    case HEX_LOWER -> plainHex(text, "0123456789abcdef");
                    case BASE64 -> plainBase64(text, "+/", true);
                    case BASE64URL -> plainBase64(text, "-_", false);
                },
                Tags.decode(encoding, text));
    }

    private static byte[] plainHex(String text, String alphabet) {
        boolean foreign = text.chars().anyMatch(c -> alphabet.indexOf(c) < 0);
        if (foreign || text.isEmpty() || text.length() % 2 != 0) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i += 2) {
            out.write(Integer.parseInt(text.substring(i, i + 2), 16));
        }
        return out.toByteArray();
    }

    /** Bit by bit, as RFC 4648 section 4 tells it. */
    private static byte[] plainBase64(String text, String last, boolean padded) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last;
        String digits = padded ? text.replaceFirst("={1,2}$", "") : text;
        boolean foreign = digits.chars().anyMatch(c -> alphabet.indexOf(c) < 0);
        int length = digits.length() * 6 / 8;
        boolean whole = !padded || text.length() == (digits.length() + 3) / 4 * 4;
        if (foreign || length == 0 || digits.length() % 4 == 1 || !whole) {
            return null;
        }
        byte[] out = new byte[length];
        for (int bit = 0; bit < digits.length() * 6; bit++) {
            boolean set = (alphabet.indexOf(digits.charAt(bit / 6)) >> (5 - bit % 6) & 1) == 1;
            if (set && bit / 8 >= length) {
                return null;
            }
            if (set) {
                out[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        return out;
    }

    /** A form's fields are those of a second reader, and stay the same when they are written and read again. */
    static void form(byte[] data) {
        List<FormBody.Field> expected = plainForm(data);
        FormBody form = FormBody.parse(data);
        checkForm(expected, form);
        StringBuilder again = new StringBuilder();
        for (FormBody.Field field : expected) {
            again.append('&').append(escaped(field.name())).append('=').append(escaped(field.value()));
        }
        checkForm(expected, FormBody.parse(again.toString()));
        assertTrue(expected.size() <= FormBody.MAX_FIELDS || FormBody.tooMany(data));
    }

    private static void checkForm(List<FormBody.Field> expected, FormBody form) {
        Map<String, List<String>> values = new HashMap<>();
        expected.forEach(
                f -> values.computeIfAbsent(f.name(), n -> new ArrayList<>()).add(f.value()));
        assertEquals(values, form.asMap());
        values.forEach((name, all) -> assertEquals(all, form.values(name)));
        assertEquals(
                joined(expected.stream()
                        .sorted(Comparator.comparing(FormBody.Field::name))
                        .toList()),
                form.sortedStable());
        assertEquals(
                joined(expected.stream()
                        .distinct()
                        .sorted(Comparator.comparing(FormBody.Field::name).thenComparing(FormBody.Field::value))
                        .toList()),
                form.sortedUnique());
        assertEquals(joined(expected).isEmpty(), form.isEmpty());
    }

    private static String joined(List<FormBody.Field> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach(f -> text.append(f.name()).append(f.value()));
        return text.toString();
    }

    private static List<FormBody.Field> plainForm(byte[] data) {
        List<FormBody.Field> fields = new ArrayList<>();
        for (String pair : new String(data, StandardCharsets.ISO_8859_1).split("&", -1)) {
            String[] sides = (pair + (pair.contains("=") ? "" : "=")).split("=", 2);
            if (!pair.isEmpty()) {
                fields.add(new FormBody.Field(unescaped(sides[0]), unescaped(sides[1])));
            }
        }
        return fields;
    }

    private static String unescaped(String text) {
        String bytes = ESCAPE.matcher(text.replace('+', ' '))
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) HexFormat.fromHexDigits(m.group(1)))));
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : SignedRequests.utf8(text)) {
            out.append(String.format("%%%02x", b));
        }
        return out.toString();
    }

    /** One header line, or more, of each sender. Each form is told by a pattern that the product does not use. */
    private enum Signed {
        EDGVOIP(SignedRequests.edgvoip(SignedRequests.TENANT), "(?:sha256=)?[0-9a-fA-F]{64}"),
        CHAINDOC(SignedRequests.chaindoc(), "[0-9a-f]{64}"),
        CHAINDOC_V2(SignedRequests.chaindocV2("e", SignedRequests.NOW.toString()), "v1=[0-9a-fA-F]{64}"),
        STATUS(SignedRequests.status("x"), "[0-9a-f]{64}"),
        ZORIO(SignedRequests.zorio("x"), "sha256=[0-9a-f]{64}"),
        // Without a body, so that either spelling comes as far as the comparison.
        SIGNALWIRE(
                SignedRequests.signalwire(SignedRequests.URL, "text/plain", new byte[0])
                        .tag(SignedRequests.sha1Base64(SignedRequests.URL)),
                "[0-9a-f]{40}|[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]="),
        VOICE(SignedRequests.voice(), "(?s)Bearer .+");

        private final SignedRequests.Draft draft;
        private final String good;
        private final Pattern form;

        Signed(SignedRequests.Draft draft, String form) {
            this.draft = draft;
            this.good = draft.goodTag();
            this.form = Pattern.compile(form);
        }

        Reason expected(List<String> lines) {
            if (lines.size() > 1) {
                return Reason.SIGNATURE_REPEATED;
            }
            if (lines.isEmpty() || lines.get(0).isEmpty()) {
                return Reason.SIGNATURE_MISSING;
            }
            return form.matcher(lines.get(0)).matches() ? Reason.SIGNATURE_MISMATCH : Reason.SIGNATURE_MALFORMED;
        }
    }

    private static final TestGate GATE = TestGate.of();

    /** A signature's header is missing, doubled, malformed or wrong, as a plain pattern says; only the good one is good. */
    static void header(byte[] data) {
        if (data.length < 1) {
            return;
        }
        Signed signed = Signed.values()[(data[0] & 0x3F) % Signed.values().length];
        boolean latin = (data[0] & 0x40) == 0;
        String text =
                new String(data, 1, data.length - 1, latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        List<String> lines = text.equals("\n") ? List.of() : List.of(text.split("\n", -1));
        Verdict verdict;
        synchronized (GATE) {
            GATE.asked.clear();
            verdict = GATE.verify(signed.draft.tag(lines.toArray(String[]::new)));
        }
        if (verdict instanceof Verdict.Rejected rejected) {
            assertEquals(signed.expected(lines), rejected.reason());
        } else {
            assertTrue(lines.size() == 1 && sameTag(signed, lines.get(0)));
        }
    }

    private static boolean sameTag(Signed signed, String line) {
        String bare = line.replaceFirst("^sha256=", "");
        String good = signed.good.replaceFirst("^sha256=", "");
        return signed == Signed.EDGVOIP || signed == Signed.CHAINDOC_V2
                ? bare.equalsIgnoreCase(good)
                : line.equals(signed.good);
    }

    private static final String PEER = "10.0.0.9";
    private static final SignatureScheme SPELT =
            (SignatureScheme) TestGate.of().gate.sender("signalwire").schemes().get(1);
    private static final List<PublicUrl> URLS = List.of(
            PublicUrl.of(Settings.of(Map.of()), "signalwire"),
            PublicUrl.of(Settings.of(Map.of("webhook/public-url", "https://hooks.example.com/a")), "signalwire"),
            PublicUrl.of(
                    Settings.of(Map.of("webhook/signalwire/endpoint-url", "https://hooks.example.com/b")),
                    "signalwire"),
            PublicUrl.of(Settings.of(Map.of("webhook/trusted-proxies", "10.0.0.0/24")), "signalwire"),
            PublicUrl.of(Settings.of(Map.of("webhook/trusted-proxies", "172.16.0.0/12")), "signalwire"));

    /** Nothing that a request says of itself leaves the part of the URL that it belongs to. */
    static void url(byte[] data) {
        if (data.length < 1) {
            return;
        }
        int mode = (data[0] & 0x3F) % URLS.size();
        boolean secure = (data[0] & 0x40) == 0;
        String[] pieces =
                (new String(data, 1, data.length - 1, StandardCharsets.UTF_8) + "\n\n\n\n\n\n").split("\n", -1);
        String host = pieces[0];
        String path = "/" + pieces[1].replaceAll("[?#]", "");
        Optional<String> query = pieces[2].isEmpty() ? Optional.empty() : Optional.of(pieces[2].substring(1));
        String scheme = secure ? "https" : "http";
        PublicUrl.Called called = URLS.get(mode)
                .of(new PublicUrl.Seen(
                        scheme, host, path, query, PEER, lines(pieces[3]), lines(pieces[4]), lines(pieces[5])));
        String rest = path + query.map(q -> "?" + q).orElse("");
        switch (mode) {
            case 1 -> assertEquals("https://hooks.example.com/a" + rest, called.url());
            case 2 -> assertEquals("https://hooks.example.com/b" + rest.substring(path.length()), called.url());
            case 3 -> checkAuthority(called.url(), rest, List.of(host, lastOf(pieces[4])));
            default -> {
                checkAuthority(called.url(), rest, List.of(host));
                assertTrue(called.url().startsWith(scheme + "://"), called.url());
                assertEquals(secure, called.secure());
            }
        }
        if (mode != 3) {
            assertEquals(PEER, called.address());
        }
        assertTrue(called.address().matches("[0-9A-Fa-f:.]+|\\[[0-9A-Fa-f:.]+]"), called.address());
        checkReadBack(called.url(), mode, path, query.orElse(""));
    }

    private static List<String> lines(String piece) {
        return piece.isEmpty() ? List.of() : List.of(piece.split("\u001f", -1));
    }

    private static String lastOf(String piece) {
        String[] entries = ("," + piece.replace('\u001f', ',')).split(",", -1);
        return entries[entries.length - 1].trim();
    }

    private static void checkAuthority(String url, String rest, List<String> allowed) {
        assertTrue(url.endsWith(rest), url);
        String authority = url.substring(0, url.length() - rest.length()).replaceFirst("^https?://", "");
        assertTrue(authority.matches("[A-Za-z0-9._:\\[\\]-]+"), url);
        boolean plain = allowed.get(allowed.size() - 1).matches("[a-z0-9.]{1,40}");
        String asked = allowed.get(allowed.size() - 1);
        assertTrue(allowed.contains(authority) || authority.equals("host.invalid"), url);
        assertTrue(!plain || authority.equals(asked), url);
    }

    private static void checkReadBack(String url, int mode, String path, String query) {
        WebhookRequest request = WebhookRequest.of("POST", url).build();
        assertEquals(mode == 1 ? "/a" + path : mode == 2 ? "/b" : path, request.path());
        assertEquals(query, request.query());
        String bare = withoutPort(url);
        for (String spelling : UrlText.spellings(url, SPELT)) {
            assertEquals(bare, withoutPort(spelling));
        }
    }

    private static String withoutPort(String url) {
        String port = url.startsWith("https:") ? "443" : "80";
        return url.replaceFirst("^(https?://[^/?]*):" + port + "(?=[/?]|$)", "$1");
    }
}
