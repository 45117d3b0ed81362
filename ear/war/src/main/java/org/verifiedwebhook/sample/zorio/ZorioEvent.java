package org.verifiedwebhook.sample.zorio;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * An event as Zorio sends it.
 *
 * @param event the event type
 * @param data what happened
 * @param <D> the data of the type
 */
public record ZorioEvent<D extends ZorioData>(
        @JsonbProperty("event") String event,
        @JsonbProperty("data") D data) {}
