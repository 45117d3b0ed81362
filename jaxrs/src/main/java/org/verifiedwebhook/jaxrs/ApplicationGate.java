package org.verifiedwebhook.jaxrs;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.TenantResolver;

/**
 * The application's one gate, put together from its CDI beans. A bean replaces the default of its kind; of several CDI
 * takes the alternative, or the deployment fails.
 */
@ApplicationScoped
class ApplicationGate {

    private static final Logger LOG = System.getLogger(ApplicationGate.class.getName());

    @Inject
    Instance<Settings> settings;

    @Inject
    Instance<SecretProvider> secrets;

    @Inject
    Instance<TenantResolver> tenants;

    @Inject
    Instance<DeliveryStore> deliveries;

    @Inject
    Event<WebhookOutcome> outcomes;

    @Inject
    CurrentDelivery current;

    private WebhookGate gate;

    @PostConstruct
    void build() {
        WebhookGate.Builder builder = WebhookGate.builder().onOutcome(this::tell);
        settings.stream().findFirst().ifPresent(builder::settings);
        secrets.stream().findFirst().ifPresent(builder::secrets);
        tenants.stream().findFirst().ifPresent(builder::tenants);
        deliveries.stream().findFirst().ifPresent(builder::deliveries);
        gate = builder.build();
    }

    /** The gate. */
    WebhookGate gate() {
        return gate;
    }

    /** Lets the rest of the request see what was admitted. */
    void admit(WebhookDelivery delivery) {
        current.admit(delivery);
    }

    private void tell(WebhookOutcome outcome) {
        try {
            outcomes.fire(outcome);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "An observer of WebhookOutcome failed; the request goes on.", e);
        }
    }
}
