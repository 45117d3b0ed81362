package org.verifiedwebhook.sample.chaindoc;

import java.time.Instant;

/** An event of Chaindoc's documented contract. A property that the body lacks is null. */
public sealed interface ChaindocEvent
        permits DocumentCreated,
                DocumentVerified,
                DocumentSigned,
                SignatureRequestCreated,
                SignatureRequestCompleted,
                SignatureRequestRejected {

    /** The event type. */
    String event();

    /** The document it is about. */
    String documentId();

    /** When it happened. */
    Instant timestamp();
}
