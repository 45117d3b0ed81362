package org.verifiedwebhook.sample.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the senders do. Written against their documents and not with the engine, which must agree with them. */
final class Signatures {

    private Signatures() {}

    /** EDGVoIP, Chaindoc, Cloudonix, Zorio: lower-case hex of HMAC-SHA256 over the content. */
    static String sha256(String secret, String content) {
        return HexFormat.of().formatHex(mac("HmacSHA256", secret, content));
    }

    /** SignalWire's cXML requests: base64 of HMAC-SHA1 over the URL and the sorted parameters of the body. */
    static String signalWire(String secret, String url, Map<String, String> parameters) {
        StringBuilder content = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> content.append(name).append(value));
        return Base64.getEncoder().encodeToString(mac("HmacSHA1", secret, content.toString()));
    }

    private static byte[] mac(String algorithm, String secret, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            // Every Java platform has both algorithms, and they take any key.
            throw new IllegalStateException(e);
        }
    }
}
