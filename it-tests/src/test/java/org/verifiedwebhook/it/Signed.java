package org.verifiedwebhook.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the senders do, by nothing but the JDK. */
final class Signed {

    private Signed() {}

    static String hex(String algorithm, String secret, String content) {
        return HexFormat.of().formatHex(mac(algorithm, secret, content));
    }

    static String base64(String algorithm, String secret, String content) {
        return Base64.getEncoder().encodeToString(mac(algorithm, secret, content));
    }

    private static byte[] mac(String algorithm, String secret, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(String secret, String content) {
        return hex("HmacSHA256", secret, content);
    }

    static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    static String iso(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
