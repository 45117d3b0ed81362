package org.verifiedwebhook.delivery;

/**
 * Proves that its holder holds the claim. Each grant has a greater number than the one before for the same delivery, so
 * that a holder who outlived its lease can be told from its successor.
 *
 * @param keys the delivery
 * @param number the fencing number
 */
public record ClaimToken(DeliveryKeys keys, long number) {}
