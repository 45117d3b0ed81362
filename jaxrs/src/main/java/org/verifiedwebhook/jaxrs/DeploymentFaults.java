package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.Sender;

/** All that is wrong with a deployment, each with its place and its cure, told in one message. */
final class DeploymentFaults {

    private static final List<Class<?>> ONE_BEAN_AT_MOST =
            List.of(SecretProvider.class, TenantResolver.class, DeliveryStore.class, Settings.class);

    private final Set<String> faults = new LinkedHashSet<>();

    /** Adds what is wrong with these endpoints. */
    void check(Collection<Endpoint> endpoints, WebhookGate gate) {
        endpoints.forEach(e -> check(e, gate));
    }

    private void check(Endpoint endpoint, WebhookGate gate) {
        if (endpoint.kind() == Endpoint.Kind.LOCATOR) {
            add(endpoint.where() + " is a sub-resource locator, which runs before its request can be verified: put"
                    + " @VerifiedWebhook on the class or the methods of the sub-resource, and not on the locator or its"
                    + " class");
        } else if (endpoint.kind() == Endpoint.Kind.OTHER) {
            add(endpoint.where() + " is annotated with @VerifiedWebhook and handles no requests, so that nothing would"
                    + " be verified: put the annotation on a method that has @POST or the like");
        }
        try {
            check(endpoint, gate.sender(endpoint.sender()));
        } catch (IllegalArgumentException e) {
            add(endpoint.where() + ": " + e.getMessage());
        }
    }

    private void check(Endpoint endpoint, Sender sender) {
        if (sender.assurance() == Assurance.IDENTIFIED && endpoint.accept() != Assurance.IDENTIFIED) {
            add(endpoint.where() + ": sender '" + sender.name()
                    + "' signs nothing, so anybody can send such requests. If"
                    + " that is wanted, say so: @VerifiedWebhook(value = \"" + sender.name()
                    + "\", accept = Assurance.IDENTIFIED)");
        } else if (sender.schemes().stream().map(Scheme::assurance).allMatch(a -> a.compareTo(endpoint.accept()) > 0)) {
            add(endpoint.where() + ": sender '" + sender.name() + "' never proves as much as accept = Assurance."
                    + endpoint.accept() + " asks for; it gives " + sender.assurance());
        }
    }

    /** Several beans of a kind, none of them preferred. */
    void addUnlessClear(BeanManager manager) {
        for (Class<?> kind : ONE_BEAN_AT_MOST) {
            try {
                manager.resolve(manager.getBeans(kind));
            } catch (AmbiguousResolutionException e) {
                add("there are several beans of type " + kind.getSimpleName() + ", "
                        + manager.getBeans(kind).stream()
                                .map(b -> b.getBeanClass().getName())
                                .sorted()
                                .toList()
                        + ": keep one, or mark the one to use with @Alternative @Priority(1)");
            }
        }
    }

    /** One more. */
    void add(String fault) {
        faults.add(fault);
    }

    /** Whether there is any. */
    boolean any() {
        return !faults.isEmpty();
    }

    /** All of them. */
    String message() {
        return "Verified Webhook refuses this deployment:\n- " + String.join("\n- ", faults);
    }
}
