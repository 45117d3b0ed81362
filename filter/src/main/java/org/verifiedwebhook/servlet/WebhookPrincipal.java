package org.verifiedwebhook.servlet;

import java.security.Principal;
import org.verifiedwebhook.WebhookDelivery;

/**
 * Who a verified delivery is from.
 *
 * @param getName {@code webhook:<sender>}, and {@code /<tenant>} after it if there is one
 */
public record WebhookPrincipal(String getName) implements Principal {

    /** The principal of {@code delivery}. */
    public static WebhookPrincipal of(WebhookDelivery delivery) {
        return new WebhookPrincipal("webhook:" + delivery.sender()
                + delivery.tenant().map(t -> "/" + t).orElse(""));
    }
}
