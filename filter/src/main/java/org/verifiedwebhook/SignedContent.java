package org.verifiedwebhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.verifiedwebhook.sender.Content;

/**
 * The signed content of one request in one spelling, as the pieces to be fed to the MAC one after the other: the body is
 * never copied.
 */
final class SignedContent {

    /** Takes the pieces. */
    interface Sink {
        void update(byte[] piece);
    }

    /** What stands for a placeholder that depends on the key. */
    private static final byte[] SECRET = {};

    private final List<byte[]> pieces;

    SignedContent(List<byte[]> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** The piece that stands for the secret's text. */
    static byte[] secretPlace() {
        return SECRET;
    }

    /** Feeds all pieces in order, with {@code key} where the template has the secret. */
    void feed(byte[] key, Sink sink) {
        for (byte[] piece : pieces) {
            sink.update(piece == SECRET ? key : piece);
        }
    }

    /** All pieces in one array. */
    byte[] bytes(byte[] key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        feed(key, out::writeBytes);
        return out.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] hash(Content.Value value, byte[] body) {
        if (value == Content.Value.BODY_CRC32) {
            CRC32 crc = new CRC32();
            crc.update(body);
            return utf8(Long.toString(crc.getValue()));
        }
        return utf8(sha256Hex(body));
    }

    static String sha256Hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
