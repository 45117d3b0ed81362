package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.servlet.Servlet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Dedupe;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.TenantRule;

/** All that is wrong with a deployment, each with its place and its cure, told in one message. */
final class DeploymentFaults {

    private static final String NOT_JAX_RS = "to a servlet, or whatever is no JAX-RS resource, map"
            + " org.verifiedwebhook.servlet.WebhookFilter instead (README, \"Without JAX-RS\")";

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
        } else {
            checkHandles(endpoint);
        }
        try {
            check(endpoint, gate.sender(endpoint.sender()));
            checkInline(endpoint, gate);
        } catch (IllegalArgumentException e) {
            add(endpoint.where() + ": " + e.getMessage());
        }
    }

    /** Adds what carries the annotation and is nothing that JAX-RS calls: it would look protected, and would not be. */
    void checkUse(Collection<Class<?>> types) {
        for (Class<?> type : types) {
            // Of servlets, what inherits need not be among the types.
            if (Hierarchy.isConcrete(type) || Servlet.class.isAssignableFrom(type)) {
                Endpoint.in(type).forEach(this::checkHandles);
                checkCarries(type, types);
            }
        }
    }

    private void checkHandles(Endpoint endpoint) {
        if (endpoint.kind() == Endpoint.Kind.OTHER) {
            add(endpoint.where() + " is annotated with @VerifiedWebhook and handles no requests, so that nothing would"
                    + " be verified: put the annotation on a public method that has @POST or the like; " + NOT_JAX_RS);
        }
    }

    private void checkCarries(Class<?> type, Collection<Class<?>> types) {
        boolean used =
                types.stream().anyMatch(t -> type.isAssignableFrom(t) && Hierarchy.isConcrete(t) && Endpoint.any(t));
        if (Endpoint.carries(type) && !used) {
            add(type.getName() + " carries @VerifiedWebhook and has no resource method, so that nothing would be"
                    + " verified: make it abstract if only its subclasses are resources; " + NOT_JAX_RS);
        }
    }

    /** Its method would be there and never be called. */
    private void checkInline(Endpoint endpoint, WebhookGate gate) {
        if (gate.usesInbox(endpoint.sender())) {
            add(endpoint.where() + ": sender '" + endpoint.sender()
                    + "' is acknowledged by the inbox, so that this method"
                    + " would never be called: set webhook/" + endpoint.sender()
                    + "/acknowledge to inline, or replace it"
                    + " by the servlet filter and an @OnWebhook method");
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

    /** Adds that a sender with one secret for all has none, so that nothing could ever be verified. */
    void checkSecret(Endpoint endpoint, Sender sender, SecretProvider configured) {
        boolean one = sender.tenant().map(TenantRule::shared).orElse(true);
        if (!one || sender.assurance() == Assurance.IDENTIFIED) {
            return;
        }
        try {
            if (configured
                    .secretsFor(new SecretRequest(sender.name(), Optional.empty()))
                    .isEmpty()) {
                add(endpoint.where() + ": sender '" + sender.name() + "' has no secret: bind it in JNDI as webhook/"
                        + sender.name() + "/secret, set webhook." + sender.name()
                        + ".secret in the configuration, or make a SecretProvider a CDI bean");
            }
        } catch (SecretUnavailableException e) {
            add(endpoint.where() + ": " + e.getMessage());
        }
    }

    /**
     * Adds that an endpoint answers asynchronously, though its handler works in a transaction, which belongs to the thread
     * of the request.
     */
    void checkSynchronous(Endpoint endpoint, Dedupe dedupe) {
        if (!endpoint.handleCopies() && dedupe != Dedupe.NONE && endpoint.asynchronous()) {
            add(endpoint.where()
                    + " answers asynchronously, and the delivery store of this application gives its handler a"
                    + " transaction, which belongs to the thread of the request: make the method synchronous, or say"
                    + " handleCopies = true, or store the event and work on it later");
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

    /** Stops what is being deployed, if there is any. */
    void throwIfAny() {
        if (any()) {
            throw new DeploymentException(message());
        }
    }

    /** All of them. */
    String message() {
        return "Verified Webhook refuses this deployment:\n- " + String.join("\n- ", faults);
    }
}
