package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;

/**
 * A recipient refused to sign.
 *
 * @param event the event type
 * @param signatureRequestId identifies the request
 * @param documentId identifies the document
 * @param rejectedBy the recipient's address
 * @param reason the recipient's words
 * @param timestamp when it happened
 */
public record SignatureRequestRejected(
        String event, String signatureRequestId, String documentId, String rejectedBy, String reason, Instant timestamp)
        implements ChaindocEvent {}
