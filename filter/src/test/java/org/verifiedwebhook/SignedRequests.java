package org.verifiedwebhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes requests as the five senders sign them, with none of the product's code, ready to be spoilt. */
final class SignedRequests {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final String SECRET = "a-secret-that-is-long-enough-for-all-guides-and-then-some-more-of-it";
    static final String TENANT = "acme";
    static final String URL = "https://hooks.example.com/hooks/signalwire";

    private SignedRequests() {}

    /** A request in the making. */
    static final class Draft {
        final String sender;
        final String tagHeader;
        String method = "POST";
        String url;
        String address = "192.0.2.7";
        byte[] body;
        final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        private Draft(String sender, String tagHeader, String url, byte[] body) {
            this.sender = sender;
            this.tagHeader = tagHeader;
            this.url = url;
            this.body = body;
        }

        /** Sets a header field to these lines; to none, takes it away. */
        Draft header(String name, String... lines) {
            headers.remove(name);
            if (lines.length > 0) {
                headers.put(name, new ArrayList<>(List.of(lines)));
            }
            return this;
        }

        Draft tag(String... lines) {
            return header(tagHeader, lines);
        }

        String goodTag() {
            return headers.get(tagHeader).get(0);
        }

        Draft body(byte[] bytes) {
            body = bytes;
            return this;
        }

        Draft url(String text) {
            url = text;
            return this;
        }

        Draft method(String text) {
            method = text;
            return this;
        }

        Draft address(String text) {
            address = text;
            return this;
        }

        WebhookRequest build() {
            WebhookRequest.Builder request =
                    WebhookRequest.of(method, url).address(address).body(body);
            headers.forEach((name, lines) -> lines.forEach(line -> request.header(name, line)));
            return request.build();
        }
    }

    /** The senders that sign, each with a request of {@link #SECRET}. */
    static List<Draft> ofAllThatSign() {
        return List.of(
                edgvoip(TENANT),
                chaindoc(),
                chaindocV2("evt_1", NOW.toString()),
                status("answered"),
                zorio("call.ended"),
                signalwireJson("{\"a\":1}"),
                signalwireForm("CallSid=CA1&From=%2B39"));
    }

    static Draft edgvoip(String tenant) {
        return edgvoipBody(utf8("{\"type\":\"call.ended\",\"tenant_external_id\":\"" + tenant + "\",\"data\":{}}"));
    }

    static Draft edgvoipBody(byte[] body) {
        return json("edgvoip", "X-Webhook-Signature", body)
                .header("X-Request-ID", "req-1")
                .tag("sha256=" + hex("HmacSHA256", SECRET, body));
    }

    static Draft chaindoc() {
        byte[] body = utf8("{\"event\":\"document.signed\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{}}");
        return json("chaindoc", "X-Webhook-Signature", body).tag(hex("HmacSHA256", SECRET, body));
    }

    static Draft chaindocV2(String id, String timestamp) {
        byte[] body = utf8("{\"id\":\"" + id + "\",\"type\":\"document.signed\",\"data\":{}}");
        return json("chaindoc-v2", "X-Chaindoc-Signature", body)
                .header("X-Chaindoc-Timestamp", timestamp)
                .tag("v1=" + hex("HmacSHA256", SECRET, concat(utf8(timestamp + "."), body)));
    }

    static Draft status(String status) {
        byte[] body = utf8("{\"domain_uuid\":\"" + TENANT + "\",\"status\":\"" + status + "\"}");
        return json("cloudonix-status", "X-Cloudonix-Signature", body).tag(hex("HmacSHA256", SECRET, body));
    }

    static Draft zorio(String event) {
        byte[] body = utf8("{\"event\":\"" + event + "\"}");
        return json("zorio", "X-Zorio-Signature", body)
                .header("X-Zorio-Timestamp", Long.toString(NOW.getEpochSecond()))
                .header("X-Zorio-Delivery", "delivery-1")
                .tag("sha256=" + hex("HmacSHA256", SECRET, body));
    }

    static Draft signalwireJson(String body) {
        return signalwire(URL, "application/json", utf8(body)).tag(hex("HmacSHA1", SECRET, utf8(URL + body)));
    }

    /** @param body a form whose fields stand in the order of their names */
    static Draft signalwireForm(String body) {
        return signalwireForm(URL, URL, body);
    }

    static Draft signalwireForm(String url, String signedUrl, String body) {
        StringBuilder params = new StringBuilder();
        for (String pair : body.split("&")) {
            for (String text : pair.split("=", 2)) {
                params.append(java.net.URLDecoder.decode(text, StandardCharsets.UTF_8));
            }
        }
        return signalwire(url, "application/x-www-form-urlencoded", utf8(body)).tag(sha1Base64(signedUrl + params));
    }

    static Draft signalwire(String url, String type, byte[] body) {
        return new Draft("signalwire", "X-SignalWire-Signature", url, body).header("Content-Type", type);
    }

    static Draft voice(byte[] body) {
        return json("cloudonix-voice", "Authorization", body).tag("Bearer " + SECRET);
    }

    static Draft voice() {
        return voice(utf8("{\"to\":\"" + TENANT_NUMBER + "\",\"from\":\"1001\"}"));
    }

    static final String TENANT_NUMBER = "+390612345";

    static Draft cdr(byte[] body) {
        return json("cloudonix-cdr", "X-None", body);
    }

    static Draft cdr(String uuid) {
        return cdr(utf8("{\"owner\":{\"domain\":{\"uuid\":\"" + uuid + "\"}},\"disposition\":\"ANSWERED\"}"));
    }

    private static Draft json(String sender, String tagHeader, byte[] body) {
        return new Draft(sender, tagHeader, "https://hooks.example.com/hooks/" + sender, body)
                .header("Content-Type", "application/json");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] concat(byte[] head, byte[] tail) {
        byte[] both = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    static String hex(String algorithm, String secret, byte[] content) {
        return HexFormat.of().formatHex(mac(algorithm, utf8(secret), content));
    }

    static String sha1Base64(String content) {
        return Base64.getEncoder().encodeToString(mac("HmacSHA1", utf8(SECRET), utf8(content)));
    }

    static byte[] mac(String algorithm, byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // The platform refuses an empty key; to HMAC it is the same as one NUL (RFC 2104 section 2).
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
