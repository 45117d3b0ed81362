package org.verifiedwebhook;

import java.util.Base64;
import java.util.HexFormat;
import org.verifiedwebhook.sender.Encoding;

/**
 * Decodes signatures strictly: only the encoding's own alphabet, exact padding, no spare bits, so that one signature has
 * one spelling (or two, where the sender's file allows upper case).
 */
final class Tags {

    private Tags() {}

    /** The bytes that {@code text} spells; null if it is not a canonical spelling. */
    static byte[] decode(Encoding encoding, String text) {
        return switch (encoding) {
            case HEX -> hex(text, true);
            case HEX_LOWER -> hex(text, false);
            case BASE64 -> base64(text, Base64.getDecoder(), Base64.getEncoder());
            case BASE64URL ->
                base64(text, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
        };
    }

    private static byte[] hex(String text, boolean upperToo) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || upperToo && c >= 'A' && c <= 'F';
            if (!digit) {
                return null;
            }
        }
        return text.isEmpty() || text.length() % 2 != 0 ? null : HexFormat.of().parseHex(text);
    }

    private static byte[] base64(String text, Base64.Decoder decoder, Base64.Encoder encoder) {
        try {
            byte[] bytes = decoder.decode(text);
            // The decoder takes missing padding and stray low bits; what does not encode to itself is not canonical.
            return bytes.length > 0 && encoder.encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
