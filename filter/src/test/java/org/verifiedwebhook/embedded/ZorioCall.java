package org.verifiedwebhook.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests as Zorio sends them. */
final class ZorioCall {

    static final String SECRET = "the-secret-of-zorio-that-only-jndi-knows";

    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpRequest.Builder request;
    private final String body;

    private ZorioCall(URI uri, String body) {
        this.body = body;
        this.request = HttpRequest.newBuilder(uri)
                .header("X-Zorio-Timestamp", Long.toString(Instant.now().getEpochSecond()));
    }

    static ZorioCall of(URI uri, String body) {
        return new ZorioCall(uri, body);
    }

    ZorioCall type(String type) {
        request.header("Content-Type", type);
        return this;
    }

    HttpResponse<String> post() throws IOException, InterruptedException {
        return send("POST", tag(body));
    }

    HttpResponse<String> send(String method, String tag) throws IOException, InterruptedException {
        HttpRequest whole = request.copy()
                .setHeader("X-Zorio-Signature", tag)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(whole, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    static String tag(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
