package org.verifiedwebhook.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request as SignalWire sends it, written byte by byte: a client might tidy up its target.
 *
 * @param url what is signed as having been called
 * @param target what stands in the request line
 * @param host what stands in {@code Host}
 * @param form whether it is a form, else it is JSON
 * @param more further header lines, each with its end
 */
record SignalWireCall(String url, String target, String host, boolean form, String more) {

    static final String SECRET = "the-secret-of-signalwire-that-only-jndi-knows";

    /** A call of this URL, as it is. */
    static SignalWireCall of(String url, boolean form) {
        String afterScheme = url.substring(url.indexOf("//") + 2);
        int slash = afterScheme.indexOf('/');
        return new SignalWireCall(url, afterScheme.substring(slash), afterScheme.substring(0, slash), form, "");
    }

    SignalWireCall host(String other) {
        return new SignalWireCall(url, target, other, form, more);
    }

    SignalWireCall target(String other) {
        return new SignalWireCall(url, other, host, form, more);
    }

    SignalWireCall header(String name, String value) {
        return new SignalWireCall(url, target, host, form, more + name + ": " + value + "\r\n");
    }

    /** Sends it to a server and gives the answer's status. */
    int send(URI server) throws IOException {
        String sid = UUID.randomUUID().toString();
        String body = form ? "CallSid=" + sid + "&From=%2B39+06&To=b&To=a" : "{\"CallSid\":\"" + sid + "\"}";
        byte[] tag = mac(url + (form ? "CallSid" + sid + "From+39 06TobToa" : body));
        String head = "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Type: "
                + (form ? "application/x-www-form-urlencoded" : "application/json") + "\r\nContent-Length: "
                + body.length() + "\r\nX-SignalWire-Signature: "
                + (form
                        ? Base64.getEncoder().encodeToString(tag)
                        : HexFormat.of().formatHex(tag)) + "\r\n" + more;
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }

    private static byte[] mac(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
