package org.verifiedwebhook.sender;

/** A spelling of the URL that the sender may have signed. */
public enum UrlVariant {
    /** The public URL as it is. */
    AS_RECEIVED("as-received"),
    /** Without its port, if that is the scheme's own (443, 80). */
    WITHOUT_PORT("without-port"),
    /** With the scheme's own port written out, if none is. */
    DEFAULT_PORT("default-port");

    private final String key;

    UrlVariant(String key) {
        this.key = key;
    }

    /** The name in sender files. */
    public String key() {
        return key;
    }
}
