package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;
import java.util.List;

/**
 * Signatures were asked for.
 *
 * @param event the event type
 * @param signatureRequestId identifies the request
 * @param documentId identifies the document
 * @param recipients who is asked
 * @param deadline until when
 * @param timestamp when it happened
 */
public record SignatureRequestCreated(
        String event,
        String signatureRequestId,
        String documentId,
        List<Recipient> recipients,
        Instant deadline,
        Instant timestamp)
        implements ChaindocEvent {}
