package org.verifiedwebhook.sender;

/**
 * A hash of the body that stands in the signed URL and so binds a body that is not signed itself: the SHA-256 in lower
 * case hex, exactly once.
 *
 * @param parameter the query parameter's name, {@code bodySHA256} for instance
 */
public record BodyHash(String parameter) {}
