package org.verifiedwebhook.jaxrs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.verifiedwebhook.WebhookRequest;

/** A genuine request of Zorio's. */
final class ZorioRequest {

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private ZorioRequest() {}

    static WebhookRequest of(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return WebhookRequest.of("POST", "https://hooks.example.com/hooks/zorio")
                .header("X-Zorio-Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .header("X-Zorio-Signature", "sha256=" + HexFormat.of().formatHex(mac(bytes)))
                .body(bytes)
                .build();
    }

    private static byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
