package org.verifiedwebhook.sender;

/** How a signature's bytes are written. */
public enum Encoding {
    /** Base 16, digits in either case. */
    HEX("hex"),
    /** Base 16, lower case only: the sender's own code compares text. */
    HEX_LOWER("hex-lower"),
    /** Base 64 with the standard alphabet and padding (RFC 4648 section 4). */
    BASE64("base64"),
    /** Base 64 with the URL and filename safe alphabet, without padding (RFC 4648 section 5). */
    BASE64URL("base64url");

    private final String key;

    Encoding(String key) {
        this.key = key;
    }

    /** The name in sender files. */
    public String key() {
        return key;
    }
}
