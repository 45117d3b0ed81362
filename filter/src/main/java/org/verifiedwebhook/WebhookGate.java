package org.verifiedwebhook;

import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Senders;

/**
 * The one gate that both doorways use: verifies a request and claims its delivery.
 *
 * <p>Thread-safe. Build one per application.
 */
@SuppressWarnings("UnusedVariable")
public final class WebhookGate {

    private WebhookGate(Builder builder) {}

    /** Begins a gate. */
    public static Builder builder() {
        return new Builder();
    }

    /** Puts a gate together. Everything has a default that works without a container. */
    public static final class Builder {
        private Senders senders = Senders.standard();
        private Settings settings = Settings.standard();
        private SecretProvider secrets;
        private TenantResolver tenants = TenantResolver.identity();
        private DeliveryStore deliveries;
        private Clock clock = Clock.systemUTC();
        private Consumer<WebhookOutcome> listener = outcome -> {};

        private Builder() {}

        /** Where senders are found; the built-in ones and the application's own files, if not said. */
        public Builder senders(Senders source) {
            this.senders = Objects.requireNonNull(source);
            return this;
        }

        /** Where settings are found; JNDI, MicroProfile Config, system properties, environment, if not said. */
        public Builder settings(Settings source) {
            this.settings = Objects.requireNonNull(source);
            return this;
        }

        /** Where secrets come from; {@link #settings}, if not said. */
        public Builder secrets(SecretProvider provider) {
            this.secrets = Objects.requireNonNull(provider);
            return this;
        }

        /** What finds tenants; {@link TenantResolver#identity}, if not said. */
        public Builder tenants(TenantResolver resolver) {
            this.tenants = Objects.requireNonNull(resolver);
            return this;
        }

        /** What remembers deliveries; this JVM's memory, if not said. */
        public Builder deliveries(DeliveryStore store) {
            this.deliveries = Objects.requireNonNull(store);
            return this;
        }

        /** What tells the time. */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source);
            return this;
        }

        /** Who hears what became of each request; called on the request's thread, must not throw. */
        public Builder onOutcome(Consumer<WebhookOutcome> heard) {
            this.listener = Objects.requireNonNull(heard);
            return this;
        }

        /** The gate. */
        public WebhookGate build() {
            return new WebhookGate(this);
        }
    }

    /**
     * The sender of that name with the operator's settings applied.
     *
     * @throws IllegalArgumentException if there is none, or its file or a setting is wrong; the message names the cure
     */
    public Sender sender(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Verifies a request and nothing more: claims nothing, tells no listener.
     *
     * @throws IllegalArgumentException if there is no such sender
     */
    public Verdict verify(String sender, WebhookRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * Verifies a request and claims its delivery.
     *
     * @throws IllegalArgumentException if there is no such sender
     */
    public Admission admit(String sender, WebhookRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * The answer to a request that a doorway rejects before it can verify it, for the body's length for instance.
     *
     * @param request what is known of the request, without its body
     * @throws IllegalArgumentException if there is no such sender
     */
    public Admission.Answered reject(String sender, WebhookRequest request, org.verifiedwebhook.sender.Reason reason) {
        throw new UnsupportedOperationException();
    }
}
