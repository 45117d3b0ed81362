package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;

/**
 * All recipients have signed.
 *
 * @param event the event type
 * @param signatureRequestId identifies the request
 * @param documentId identifies the document
 * @param completedAt when the last one did
 * @param timestamp when it happened
 */
public record SignatureRequestCompleted(
        String event, String signatureRequestId, String documentId, Instant completedAt, Instant timestamp)
        implements ChaindocEvent {}
