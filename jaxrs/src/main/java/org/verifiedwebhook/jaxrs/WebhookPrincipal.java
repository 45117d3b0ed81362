package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.verifiedwebhook.WebhookDelivery;

/**
 * The sender as the caller of a resource.
 *
 * @param getName {@code webhook:<sender>} or {@code webhook:<sender>/<tenant>}
 */
record WebhookPrincipal(String getName) implements Principal {

    static WebhookPrincipal of(WebhookDelivery delivery) {
        return new WebhookPrincipal("webhook:" + delivery.sender()
                + delivery.tenant().map(t -> "/" + t).orElse(""));
    }

    /** The security context of a verified request: no roles, for a sender is no user. */
    SecurityContext in(SecurityContext original) {
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return WebhookPrincipal.this;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }

            @Override
            public boolean isSecure() {
                return original.isSecure();
            }

            @Override
            public String getAuthenticationScheme() {
                return "WEBHOOK";
            }
        };
    }
}
