package org.verifiedwebhook.sender;

import java.util.Locale;

/**
 * Why a request was not admitted.
 *
 * <p>A reason is for logs, counters and switches. What the caller sees is decided by {@link AnswerRules}: reasons that
 * would tell a stranger whether a tenant exists share one answer.
 */
public enum Reason {
    /** No signature or token where the sender puts it. */
    SIGNATURE_MISSING(401, "Missing signature"),
    /** A signature or token that cannot be one: wrong prefix, alphabet, length, padding. */
    SIGNATURE_MALFORMED(401, "Invalid signature"),
    /** The signature's header field came more than once, so nobody can say which one counts. */
    SIGNATURE_REPEATED(401, "Invalid signature"),
    /** A well-formed signature or token that no active secret of the tenant matches. */
    SIGNATURE_MISMATCH(401, "Invalid signature"),
    /** The hash that binds the body to the signed URL is missing, doubled or of another body. */
    BODY_HASH_MISMATCH(401, "Invalid signature"),
    /** A header field that the scheme demands is absent or has another value. */
    REQUIREMENT_UNMET(401, "Invalid signature"),
    /** The query is not the one this endpoint is pinned to. */
    QUERY_NOT_PINNED(401, "Invalid signature"),
    /** Nothing to sign: an empty body under a scheme that signs the body. */
    BODY_EMPTY(401, "Missing body"),
    /** The request names a tenant nobody knows. */
    TENANT_UNKNOWN(401, "Invalid signature"),
    /** The tenant is known and has no active secret. */
    SECRET_MISSING(401, "Invalid signature"),
    /** No timestamp where the scheme demands one. */
    TIMESTAMP_MISSING(401, "Missing timestamp"),
    /** A timestamp that is not written as the sender writes it. */
    TIMESTAMP_UNREADABLE(401, "Invalid timestamp"),
    /** A timestamp older than the freshness tolerance. */
    TIMESTAMP_STALE(401, "Stale timestamp"),
    /** A timestamp further ahead than the freshness tolerance. */
    TIMESTAMP_FUTURE(401, "Stale timestamp"),
    /** The body that should name the tenant is not strict JSON in strict UTF-8, or is too deep. */
    BODY_MALFORMED(400, "Malformed body"),
    /** The request names no tenant. */
    TENANT_MISSING(400, "Missing tenant"),
    /** The request names its tenant twice, with a wrong type, or with characters no name has. */
    TENANT_INVALID(400, "Invalid tenant"),
    /** The body ended before it was whole, or its chunks are broken. */
    BODY_TRUNCATED(400, "Incomplete body"),
    /** The head leaves open where the body ends, or whom the request is for: another reader may see another request. */
    FRAMING_AMBIGUOUS(400, "Ambiguous request"),
    /** Plain HTTP where the operator demands HTTPS. */
    PLAIN_HTTP(403, "HTTPS required"),
    /** Reading the body took too long. */
    BODY_TOO_SLOW(408, "Request timeout"),
    /** The body is longer than the sender's limit. */
    BODY_TOO_LARGE(413, "Body too large"),
    /** The body is compressed or otherwise encoded, so its bytes are not what was signed. */
    CONTENT_ENCODING(415, "Unsupported content encoding"),
    /** More requests than the limit allows. 503, for few senders come again after a 429; a file says which do. */
    RATE_LIMITED(503, "Too many requests"),
    /** The body was read before it could be verified: a filter in front of this one consumed it. */
    BODY_CONSUMED(503, "Service unavailable"),
    /** The secret store could not look. */
    SECRET_UNAVAILABLE(503, "Service unavailable"),
    /** The delivery store could not claim. */
    STORE_UNAVAILABLE(503, "Service unavailable"),
    /** All bodies together would need more memory than their budget, or more threads than may wait for bodies. */
    BUDGET_EXHAUSTED(503, "Service unavailable"),
    /** Another copy of this delivery is being handled right now. */
    IN_FLIGHT(503, "Service unavailable");

    private final int status;
    private final String message;

    Reason(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** The HTTP status unless the sender's file says otherwise. */
    public int status() {
        return status;
    }

    /** The text for the caller unless the sender's file says otherwise. Constant: nothing of the request is in it. */
    public String message() {
        return message;
    }

    /** Whether the fault is ours, so that the sender must be told to come again. */
    public boolean ours() {
        return status == 503;
    }

    /** The name used in sender files, settings and logs, {@code signature-mismatch} for instance. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
