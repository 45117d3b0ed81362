package org.verifiedwebhook.jaxrs;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookInbox;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.SettingsSecretProvider;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.servlet.BodyReading;

/**
 * The application's one gate, put together from its CDI beans. A bean replaces the default of its kind; of several CDI
 * takes the alternative, or the deployment fails.
 */
@ApplicationScoped
class ApplicationGate {

    private static final System.Logger LOG = System.getLogger(ApplicationGate.class.getName());

    @Inject
    Instance<Settings> settings;

    @Inject
    Instance<SecretProvider> secrets;

    @Inject
    Instance<TenantResolver> tenants;

    @Inject
    Instance<DeliveryStore> deliveries;

    @Inject
    Instance<WebhookInbox> inboxes;

    @Inject
    Event<WebhookOutcome> outcomes;

    @Inject
    CurrentDelivery current;

    @Inject
    VerifiedWebhookExtension extension;

    private WebhookGate gate;
    private BodyReading reading;
    private ServletContext readIn;
    private Consumer<WebhookOutcome> metrics;

    @PostConstruct
    void build() {
        // What an observer throws is the gate's to log.
        WebhookGate.Builder builder = WebhookGate.builder().onOutcome(this::tell);
        DeploymentFaults faults = new DeploymentFaults();
        use(Settings.class, settings, builder::settings, faults);
        use(SecretProvider.class, secrets, builder::secrets, faults);
        use(TenantResolver.class, tenants, builder::tenants, faults);
        use(DeliveryStore.class, deliveries, builder::deliveries, faults);
        use(WebhookInbox.class, inboxes, builder::inbox, faults);
        faults.throwIfAny();
        gate = builder.build();
        metrics = Metrics.ofTheApplication(gate.counters()::bodiesHeld);
    }

    /**
     * Stops the deployment if an endpoint is asynchronous and the store of deliveries gives it a transaction; warns of
     * endpoints that share their deliveries.
     */
    void checkEndpoints() {
        checkSynchronous(extension.endpoints());
        SharedDeliveries.warnings(extension.endpoints(), gate).forEach(told -> LOG.log(Level.WARNING, told));
    }

    /** The same for endpoints that CDI does not know. */
    void checkSynchronous(Collection<Endpoint> endpoints) {
        if (deliveries.isUnsatisfied() || !deliveries.get().transactional()) {
            return;
        }
        DeploymentFaults faults = new DeploymentFaults();
        endpoints.forEach(
                e -> faults.checkSynchronous(e, gate.sender(e.sender()).dedupe()));
        faults.throwIfAny();
    }

    /**
     * Stops the deployment if a sender's one secret is nowhere. An application's own provider is not asked so early, and
     * secrets of tenants may come later.
     */
    void checkSecrets() {
        if (!secrets.isUnsatisfied()) {
            return;
        }
        SecretProvider configured =
                new SettingsSecretProvider(settings.stream().findFirst().orElseGet(Settings::standard));
        DeploymentFaults faults = new DeploymentFaults();
        for (Endpoint endpoint : extension.endpoints()) {
            faults.checkSecret(endpoint, gate.sender(endpoint.sender()), configured);
        }
        faults.throwIfAny();
    }

    private static <T> void use(Class<T> kind, Instance<T> beans, Consumer<T> use, DeploymentFaults faults) {
        if (beans.isAmbiguous()) {
            List<String> classes = beans.handlesStream()
                    .map(b -> b.getBean().getBeanClass().getName())
                    .sorted()
                    .toList();
            faults.add("there are several beans of type " + kind.getSimpleName() + ", " + classes
                    + ": keep one, or mark the one to use with @Alternative and @Priority(1)");
        } else if (!beans.isUnsatisfied()) {
            use.accept(beans.get());
        }
    }

    /** The gate. */
    WebhookGate gate() {
        return gate;
    }

    /** What receives bodies where the servlet filter could not. */
    synchronized BodyReading reading(ServletContext context) {
        if (reading == null) {
            reading = BodyReading.in(context, gate);
            readIn = context;
        }
        return reading;
    }

    @PreDestroy
    void stop() {
        if (reading != null) {
            reading.release(readIn);
        }
    }

    /** Lets the rest of the request see what was admitted. */
    void admit(WebhookDelivery delivery) {
        current.admit(delivery);
    }

    private void tell(WebhookOutcome outcome) {
        metrics.accept(outcome);
        outcomes.fire(outcome);
    }
}
