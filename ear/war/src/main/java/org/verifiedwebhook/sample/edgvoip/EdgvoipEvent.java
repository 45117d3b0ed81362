package org.verifiedwebhook.sample.edgvoip;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;

/**
 * An event as EDGVoIP sends it. Its tenants are left out on purpose: the tenant is the delivery's, whose secret matched.
 *
 * @param type the event type
 * @param timestamp when it happened
 * @param data what happened
 * @param <D> the data of the type
 */
public record EdgvoipEvent<D extends EdgvoipData>(
        @JsonbProperty("type") String type,
        @JsonbProperty("timestamp") Instant timestamp,
        @JsonbProperty("data") D data) {}
