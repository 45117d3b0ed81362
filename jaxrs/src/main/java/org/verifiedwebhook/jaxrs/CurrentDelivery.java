package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.sender.Assurance;

/** The delivery of the request, for injection. Not final and not private: CDI makes a proxy of it. */
@RequestScoped
class CurrentDelivery implements WebhookDelivery {

    private WebhookDelivery admitted;

    /** Says that the request was admitted. */
    void admit(WebhookDelivery delivery) {
        this.admitted = delivery;
    }

    /** Whether the request was admitted as one that {@code endpoint} takes. */
    boolean reaches(Endpoint endpoint) {
        return admitted != null && endpoint.accepts(admitted);
    }

    private WebhookDelivery admitted() {
        if (admitted == null) {
            throw new IllegalStateException("no webhook was verified in this request: WebhookDelivery can be used in"
                    + " methods annotated with @VerifiedWebhook and in what they call in the same request; behind the"
                    + " servlet filter call WebhookFilter.delivery(request)");
        }
        return admitted;
    }

    @Override
    public String sender() {
        return admitted().sender();
    }

    @Override
    public Optional<String> tenant() {
        return admitted().tenant();
    }

    @Override
    public Optional<String> claimedTenant() {
        return admitted().claimedTenant();
    }

    @Override
    public Optional<String> id() {
        return admitted().id();
    }

    @Override
    public boolean idSigned() {
        return admitted().idSigned();
    }

    @Override
    public Optional<String> eventType() {
        return admitted().eventType();
    }

    @Override
    public byte[] rawBody() {
        return admitted().rawBody();
    }

    @Override
    public Assurance assurance() {
        return admitted().assurance();
    }

    @Override
    public Optional<String> secretLabel() {
        return admitted().secretLabel();
    }

    @Override
    public Instant receivedAt() {
        return admitted().receivedAt();
    }
}
