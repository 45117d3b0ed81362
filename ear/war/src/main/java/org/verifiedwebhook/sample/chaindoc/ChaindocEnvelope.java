package org.verifiedwebhook.sample.chaindoc;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * An event of Chaindoc's contract of 2026: one envelope for all types.
 *
 * @param id identifies the event
 * @param type the event type
 * @param createdAt when it happened
 * @param data the type's own properties
 */
public record ChaindocEnvelope(String id, String type, Instant createdAt, JsonObject data) {}
