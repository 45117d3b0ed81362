package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.servlet.WebhookPrincipal;

/** A verified request's caller: the sender and the tenant. Without roles, for a sender is no user. */
final class WebhookSecurityContext implements SecurityContext {

    private final Principal principal;
    private final boolean secure;

    WebhookSecurityContext(WebhookDelivery delivery, SecurityContext original) {
        this.principal = WebhookPrincipal.of(delivery).orElse(null);
        this.secure = original.isSecure();
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "WEBHOOK";
    }
}
