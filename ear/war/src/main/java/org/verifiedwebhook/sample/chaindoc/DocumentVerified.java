package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;

/**
 * A document was verified on the blockchain.
 *
 * @param event the event type
 * @param documentId identifies the document
 * @param versionId identifies the document's version
 * @param txHash the transaction's hash
 * @param chainId the chain, 137 for Polygon
 * @param timestamp when it happened
 */
public record DocumentVerified(
        String event, String documentId, String versionId, String txHash, Long chainId, Instant timestamp)
        implements ChaindocEvent {}
