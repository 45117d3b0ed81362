package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;
import java.util.List;

/**
 * All signatures of a document are there.
 *
 * @param event the event type
 * @param documentId identifies the document
 * @param signatureRequestId identifies the request
 * @param signers who signed
 * @param timestamp when it happened
 */
public record DocumentSigned(
        String event, String documentId, String signatureRequestId, List<Signer> signers, Instant timestamp)
        implements ChaindocEvent {}
