package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;

/**
 * A document was created through the API.
 *
 * @param event the event type
 * @param documentId identifies the document
 * @param name the document's name
 * @param timestamp when it happened
 */
public record DocumentCreated(String event, String documentId, String name, Instant timestamp)
        implements ChaindocEvent {}
