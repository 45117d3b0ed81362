package org.verifiedwebhook.inbox;

import java.util.Objects;
import org.verifiedwebhook.WebhookDelivery;

/**
 * A delivery from the inbox, as its handler gets it.
 *
 * @param delivery what was verified, when it was
 * @param data the body as {@code T}: bound by JSON-B from the verified bytes, which must be one JSON text in UTF-8 and not
 *     {@code null}; or {@code byte[]}, the bytes as they came; or {@code String}, their text in UTF-8
 * @param attempt 1 for the first; greater if a handler threw, or stopped without an end
 * @param <T> what the handler takes
 */
public record WebhookEvent<T>(WebhookDelivery delivery, T data, int attempt) {
    public WebhookEvent {
        Objects.requireNonNull(delivery, "delivery");
        Objects.requireNonNull(data, "data");
    }
}
