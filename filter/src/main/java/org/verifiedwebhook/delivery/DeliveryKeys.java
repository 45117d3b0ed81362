package org.verifiedwebhook.delivery;

import java.util.Objects;
import java.util.Optional;

/**
 * What identifies a delivery. A delivery is a copy if <em>either</em> its fingerprint or its id is known for the same
 * sender and tenant; keep a unique key over each.
 *
 * @param sender the sender's name
 * @param tenant the verified tenant, empty if the sender has none
 * @param fingerprint lower case hex of the verified MAC, or of the request's hash where there is no MAC
 * @param id the delivery id; present only if the signature covers it
 */
public record DeliveryKeys(String sender, String tenant, String fingerprint, Optional<String> id) {
    public DeliveryKeys {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(id, "id");
    }
}
