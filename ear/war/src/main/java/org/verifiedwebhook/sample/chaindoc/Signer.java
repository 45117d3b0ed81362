package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;

/**
 * Who signed, and when.
 *
 * @param email the signer's address
 * @param signedAt when
 */
public record Signer(String email, Instant signedAt) {}
