package org.verifiedwebhook.jpa;

/**
 * An encrypted secret as it is stored.
 *
 * @param keyId the master key's id
 * @param nonce base64
 * @param ciphertext base64, its tag included
 */
record SealedSecret(String keyId, String nonce, String ciphertext) {}
