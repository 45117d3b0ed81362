package org.verifiedwebhook.servlet;

import java.security.Principal;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.sender.Assurance;

/**
 * Who a verified delivery is from.
 *
 * @param getName {@code webhook:<sender>}, and {@code /<tenant>} after it if there is one
 */
public record WebhookPrincipal(String getName) implements Principal {

    /** The principal of {@code delivery}; empty if that is only identified, because then nobody proved to be anybody. */
    public static Optional<WebhookPrincipal> of(WebhookDelivery delivery) {
        if (delivery.assurance() == Assurance.IDENTIFIED) {
            return Optional.empty();
        }
        return Optional.of(new WebhookPrincipal("webhook:" + delivery.sender()
                + delivery.tenant().map(t -> "/" + t).orElse("")));
    }
}
