package org.verifiedwebhook.it;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests as Zorio sends them. */
final class ZorioRequest {

    static final String SECRET = "zorio-secret-of-the-integration-tests";

    private ZorioRequest() {}

    /** A POST without a signature. */
    static HttpRequest.Builder unsigned(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .header("X-Zorio-Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .header("X-Zorio-Delivery", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body));
    }

    /** A POST with the signature of its body. */
    static HttpRequest.Builder signed(URI uri, String body) {
        return signed(uri, body, SECRET);
    }

    /** A POST with the signature of its body under another secret. */
    static HttpRequest.Builder signed(URI uri, String body, String secret) {
        return unsigned(uri, body).header("X-Zorio-Signature", "sha256=" + mac(body, secret));
    }

    private static String mac(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
