package org.verifiedwebhook.sender;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A handshake: a request by which a sender finds out whether the receiver is one, answered without the application.
 *
 * @param method the HTTP method it comes by
 * @param when what makes a request a handshake: each place must hold the value, or any value if that is {@code *}
 * @param verify what must hold before it is answered
 * @param status the answer's status
 * @param contentType the answer's media type
 * @param headers further header fields of the answer
 * @param body the pieces of the answer's body
 */
public record Challenge(
        String method,
        Map<Source, String> when,
        Verify verify,
        int status,
        String contentType,
        Map<String, String> headers,
        List<Piece> body) {

    /** What must hold before a handshake is answered. */
    public enum Verify {
        /** Nothing: anybody may ask, so the answer must be worth nothing. */
        NONE,
        /** The request must be signed as a delivery is. */
        SIGNATURE
    }

    /** A piece of an answer. */
    public sealed interface Piece permits Text, Echo, Keyed {}

    /** Text that stands for itself. */
    public record Text(String text) implements Piece {}

    /** A value of the request. */
    public record Echo(Source source) implements Piece {}

    /**
     * An HMAC-SHA256 of a value of the request under the sender's first secret. Only of a token of base 64 characters:
     * a stranger who could have any text signed could have a body signed.
     *
     * @param source where the value stands
     * @param encoding how the MAC is written
     */
    public record Keyed(Source source, Encoding encoding) implements Piece {}

    public Challenge {
        Objects.requireNonNull(method, "method");
        when = Map.copyOf(when);
        headers = Map.copyOf(headers);
        body = List.copyOf(body);
        if (when.isEmpty()) {
            throw new IllegalArgumentException("when: without a condition every request would be a handshake");
        }
    }
}
