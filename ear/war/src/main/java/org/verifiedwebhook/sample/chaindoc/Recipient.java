package org.verifiedwebhook.sample.chaindoc;

/**
 * Who is asked to sign.
 *
 * @param email the recipient's address
 */
public record Recipient(String email) {}
