package org.verifiedwebhook.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** An HTTP answer as bytes, to be sent as it is and, if it acknowledges a delivery, to be sent again to a copy. */
public final class Answer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        this.headers = java.util.Collections.unmodifiableMap(sorted);
        this.body = body;
    }

    /**
     * @param status the HTTP status
     * @param headers the header fields to send, {@code Content-Type} among them if there is a body
     * @param body copied
     */
    public static Answer of(int status, Map<String, String> headers, byte[] body) {
        return new Answer(status, headers, body.clone());
    }

    /** An answer of text in UTF-8. */
    public static Answer text(int status, String contentType, String text) {
        Objects.requireNonNull(text, "text");
        return new Answer(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same answer with one more header field. */
    public Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The header fields by name, case-insensitive. */
    public Map<String, String> headers() {
        return headers;
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /**
     * Whether it acknowledges, and so may be given again to a copy. Only success does (RFC 9110 section 15.3): a refusal
     * may be a bad rollout's, and recorded it would be all that a retry ever gets.
     */
    public boolean acknowledges() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes]";
    }
}
