package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.InMemoryDeliveryStore;
import org.verifiedwebhook.secret.CachingSecretProvider;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.SettingKey;
import org.verifiedwebhook.secret.SettingSource;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.SettingsSecretProvider;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.AnswerTemplate;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Challenge;
import org.verifiedwebhook.sender.Content;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Senders;
import org.verifiedwebhook.sender.SignatureScheme;

/**
 * The one gate that both doorways use: verifies a request and claims its delivery.
 *
 * <p>Thread-safe. Build one per application: it holds the cache of secrets and, unless told otherwise, the memory of
 * deliveries.
 */
public final class WebhookGate {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    /** A handler's transaction ends that much before its lease: what commits is surely still its own. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Senders senders;
    private final Settings settings;
    /** The application's own; absent if secrets are settings. */
    private final Optional<SecretProvider> provider;

    private final SecretProvider secrets;
    private final TenantResolver tenants;
    private final DeliveryStore deliveries;
    private final Optional<WebhookInbox> inbox;
    private final Clock clock;
    private final Outcomes outcomes;
    private final RateLimits rates;
    private final SecretAdvisor advisor;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    /** Filled at first use: a gate that only checks a deployment asks for no settings. */
    private final AtomicReference<BodyBudget> budget;

    private WebhookGate(Builder builder) {
        this.senders = builder.senders.orElseGet(Senders::standard);
        this.settings = builder.settings.orElseGet(Settings::standard);
        this.provider = builder.secrets;
        this.secrets = cached(provider.orElseGet(() -> new SettingsSecretProvider(settings)));
        this.tenants = builder.tenants;
        this.deliveries = builder.deliveries.orElseGet(InMemoryDeliveryStore::new);
        this.inbox = builder.inbox;
        this.clock = builder.clock;
        this.outcomes = new Outcomes(clock, builder.nanos, builder.listener);
        this.rates = new RateLimits(builder.nanos);
        this.advisor = new SecretAdvisor(clock);
        this.budget = new AtomicReference<>();
    }

    private WebhookGate(WebhookGate base, Settings settings) {
        this.senders = base.senders;
        this.settings = settings;
        this.provider = base.provider;
        this.secrets = base.provider.isPresent() ? base.secrets : cached(new SettingsSecretProvider(settings));
        this.tenants = base.tenants;
        this.deliveries = base.deliveries;
        this.inbox = base.inbox;
        this.clock = base.clock;
        this.outcomes = base.outcomes;
        this.rates = base.rates;
        this.advisor = base.advisor;
        this.budget = base.budget;
    }

    private static SecretProvider cached(SecretProvider provider) {
        return new CachingSecretProvider(Decoy.besides(provider));
    }

    /** This gate with one more place of settings, which is asked first. It shares everything else, deliveries too. */
    public WebhookGate precededBy(SettingSource first) {
        return new WebhookGate(this, settings.precededBy(first));
    }

    /** Begins a gate. */
    public static Builder builder() {
        return new Builder();
    }

    /** Puts a gate together. Everything has a default that works without a container. Not for use by several threads. */
    public static final class Builder {
        private Optional<Senders> senders = Optional.empty();
        private Optional<Settings> settings = Optional.empty();
        private Optional<SecretProvider> secrets = Optional.empty();
        private TenantResolver tenants = TenantResolver.identity();
        private Optional<DeliveryStore> deliveries = Optional.empty();
        private Optional<WebhookInbox> inbox = Optional.empty();
        private Clock clock = Clock.systemUTC();
        private LongSupplier nanos = System::nanoTime;
        private Consumer<WebhookOutcome> listener = outcome -> {};

        private Builder() {}

        /** Where senders are found; the built-in ones and the application's own files, if not said. */
        public Builder senders(Senders source) {
            this.senders = Optional.of(source);
            return this;
        }

        /** Where settings are found; JNDI, MicroProfile Config, system properties, environment, if not said. */
        public Builder settings(Settings source) {
            this.settings = Optional.of(source);
            return this;
        }

        /** Where secrets come from; the settings, if not said. Its answers are cached for a few seconds. */
        public Builder secrets(SecretProvider provider) {
            this.secrets = Optional.of(provider);
            return this;
        }

        /** What finds tenants; {@link TenantResolver#identity}, if not said. */
        public Builder tenants(TenantResolver resolver) {
            this.tenants = Objects.requireNonNull(resolver);
            return this;
        }

        /** What remembers deliveries; this JVM's memory, if not said. */
        public Builder deliveries(DeliveryStore store) {
            this.deliveries = Optional.of(store);
            return this;
        }

        /** What keeps the deliveries of senders whose setting {@code acknowledge} is {@code inbox}; nothing, if not said. */
        public Builder inbox(WebhookInbox keeper) {
            this.inbox = Optional.of(keeper);
            return this;
        }

        /** What tells the time. */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source);
            return this;
        }

        /** What tells passing time, which a clock that is set does not. */
        Builder nanos(LongSupplier source) {
            this.nanos = source;
            return this;
        }

        /** Who hears what became of each request, on the request's thread. What it throws is logged and dropped. */
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
     * The sender of that name with the operator's settings applied. Call it at deployment: what is wrong shows here.
     *
     * @throws IllegalArgumentException if there is none, or its file or a setting is wrong; the message names the cure
     */
    public Sender sender(String name) {
        return endpoint(name).sender();
    }

    /**
     * Warns, with the cure, if a sender with one secret for all has none in the settings. Call it when an endpoint starts
     * that may be there before its secret; a {@code SecretProvider} is not asked so early.
     *
     * @throws IllegalArgumentException as {@link #sender}
     */
    public void warnWithoutSecret(String sender) {
        if (provider.isEmpty()) {
            advisor.started(sender(sender), new SettingsSecretProvider(settings));
        }
    }

    /**
     * What works out the URL that {@code sender} called.
     *
     * @throws IllegalArgumentException as {@link #sender}
     */
    public PublicUrl publicUrl(String sender) {
        return endpoint(sender).publicUrl();
    }

    /**
     * How long a body of {@code sender} may take to arrive.
     *
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Duration readWithin(String sender) {
        return endpoint(sender).readWithin();
    }

    /**
     * The memory that the bodies of all requests share; the same for gates made of one by {@link #precededBy}.
     *
     * @throws IllegalArgumentException if its setting is wrong
     */
    public BodyBudget bodyBudget() {
        if (budget.get() == null) {
            budget.compareAndSet(null, SenderSettings.bodyBudget(settings));
        }
        return budget.get();
    }

    /**
     * Whether the operator wants bodies to be read on the request's own thread only.
     *
     * @throws IllegalArgumentException if the setting is wrong
     */
    public boolean readsBlocking() {
        return SenderSettings.readsBlocking(settings);
    }

    /**
     * Whether the sender's deliveries go to the inbox: then {@link #admit} answers each of them by itself.
     *
     * @throws IllegalArgumentException as {@link #sender}
     */
    public boolean usesInbox(String sender) {
        return endpoint(sender).inbox().isPresent();
    }

    private Endpoint endpoint(String name) {
        return endpoints.computeIfAbsent(name, this::newEndpoint);
    }

    private Endpoint newEndpoint(String name) {
        Sender file = senders.find(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown sender '" + name + "'"
                        + Nearest.hint(name, senders.names()) + "; the built-in ones are " + Senders.builtIn()
                        + "; your own is a file META-INF/webhook-senders/" + name + ".json in the application"));
        SenderSettings operator = new SenderSettings(settings);
        Sender sender = operator.apply(file);
        if (sender.limits().maxBody() > bodyBudget().largest()) {
            throw new IllegalArgumentException("setting webhook/" + name + "/max-body: no body of "
                    + sender.limits().maxBody() + " bytes fits in the memory for bodies, of which "
                    + bodyBudget().largest() + " bytes are for one: raise webhook/" + SettingKey.BODY_BUDGET);
        }
        PublicUrl publicUrl = PublicUrl.of(settings, name);
        if (signsUrl(sender) && !publicUrl.configured()) {
            LOG.log(
                    Level.WARNING,
                    "sender " + name + " signs the URL it calls, and only the request itself says what that is:"
                            + " set webhook/" + name + "/public-url to what stands before the path");
        }
        boolean toInbox = operator.usesInbox(name);
        if (sender.ordering().isPresent() && !toInbox) {
            LOG.log(
                    Level.WARNING,
                    "setting webhook/" + name + "/ordering orders what goes to the inbox, and this endpoint is inline:"
                            + " set webhook/" + name + "/acknowledge to inbox there");
        }
        outcomes.counters().know(name);
        return new Endpoint(
                new Verifier(sender, secrets, resolver(sender), clock, advisor, outcomes),
                publicUrl,
                operator.requiresHttps(name),
                operator.readWithin(name),
                Throttle.of(sender, operator.addressRate(name), rates),
                operator.lease(name),
                toInbox ? Optional.of(Inboxes.required(inbox, name)) : Optional.empty());
    }

    private static boolean signsUrl(Sender sender) {
        return sender.schemes().stream()
                .anyMatch(s ->
                        s instanceof SignatureScheme scheme && scheme.content().signs(Content.Value.URL));
    }

    /** Naming a tenant is all an unsigned sender does, so the tenants must be known to somebody. */
    private TenantResolver resolver(Sender sender) {
        if (sender.assurance() != Assurance.IDENTIFIED || tenants != TenantResolver.identity()) {
            return tenants;
        }
        List<String> known = settings.find(sender.name(), SettingKey.KNOWN_TENANTS).stream()
                .flatMap(list -> List.of(list.trim().split("[,\\s]+")).stream())
                .toList();
        if (known.isEmpty()) {
            throw new IllegalArgumentException("sender " + sender.name() + " is unsigned and nobody knows its tenants:"
                    + " provide a TenantResolver, or list them in setting webhook/" + sender.name() + "/"
                    + SettingKey.KNOWN_TENANTS);
        }
        return claims ->
                tenants.tenants(claims).stream().filter(known::contains).toList();
    }

    /**
     * Verifies a request and nothing more: answers no handshake, claims nothing, tells no listener.
     *
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Verdict verify(String sender, WebhookRequest request) {
        Endpoint endpoint = endpoint(sender);
        return unfit(endpoint, request).<Verdict>map(Verdict.Rejected::new).orElseGet(() -> endpoint.verifier()
                .verify(endpoint.verifier().values(request)));
    }

    /** Why a request is not even looked at. */
    private static Optional<Reason> unfit(Endpoint endpoint, WebhookRequest request) {
        if (endpoint.requiresHttps() && !request.secure()) {
            return Optional.of(Reason.PLAIN_HTTP);
        }
        if (request.bodyLength() > endpoint.sender().limits().maxBody()) {
            return Optional.of(Reason.BODY_TOO_LARGE);
        }
        if (request.isForm() && FormBody.tooMany(request.bytes())) {
            return Optional.of(Reason.BODY_TOO_LARGE);
        }
        boolean encoded = !request.header("Content-Encoding").stream()
                .allMatch(e -> e.trim().equalsIgnoreCase("identity"));
        return encoded ? Optional.of(Reason.CONTENT_ENCODING) : Optional.empty();
    }

    /**
     * Verifies a request and claims its delivery, so that a copy is not handled again.
     *
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Admission admit(String sender, WebhookRequest request) {
        return admit(sender, request, false);
    }

    /**
     * Verifies a request and claims its delivery.
     *
     * @param handleCopies whether a copy is handled again, too
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Admission admit(String sender, WebhookRequest request, boolean handleCopies) {
        Optional<Admission.Answered> limited = limit(sender, () -> request);
        return limited.isPresent() ? limited.get() : admitCounted(sender, request, handleCopies);
    }

    /**
     * Counts a request for the rate of its address, before its body is read; the answer if there are too many. Then
     * {@link #admitCounted} or {@link #rejectCounted} goes on.
     *
     * @param head what is known of the request, without its body; asked for only if addresses are counted
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Optional<Admission.Answered> limit(String sender, Supplier<WebhookRequest> head) {
        Endpoint endpoint = endpoint(sender);
        if (endpoint.throttle().perAddress().isEmpty()) {
            return Optional.empty();
        }
        WebhookRequest request = head.get();
        OptionalLong wait = endpoint.throttle().unverified(request);
        return wait.isPresent()
                ? Optional.of(new Exchange(endpoint.sender(), request, outcomes).limited(wait.getAsLong(), null))
                : Optional.empty();
    }

    /**
     * Whether {@link #limit} would refuse the request now. Counts nothing, for it is not sure yet whose request it is.
     *
     * @param head as for {@link #limit}
     * @throws IllegalArgumentException as {@link #sender}
     */
    public boolean wouldLimit(String sender, Supplier<WebhookRequest> head) {
        Throttle throttle = endpoint(sender).throttle();
        return throttle.perAddress().isPresent() && throttle.refusesNext(head.get());
    }

    /**
     * Verifies a request that {@link #limit} has counted, and claims its delivery.
     *
     * @param handleCopies whether a copy is handled again, too
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Admission admitCounted(String sender, WebhookRequest request, boolean handleCopies) {
        Endpoint endpoint = endpoint(sender);
        Exchange exchange = new Exchange(endpoint.sender(), request, outcomes);
        Optional<Reason> unfit = unfit(endpoint, request);
        if (unfit.isPresent()) {
            return exchange.rejected(unfit.get());
        }
        Verifier verifier = endpoint.verifier();
        RequestValues values = verifier.values(request);
        try {
            Optional<Answer> handshake = verifier.handshake(values, Challenge.Verify.NONE);
            if (handshake.isPresent()) {
                return exchange.challenged(handshake.get());
            }
            Verdict verdict = verifier.verify(values);
            if (verdict instanceof Verdict.Rejected rejected) {
                return exchange.rejected(rejected.reason());
            }
            handshake = verifier.handshake(values, Challenge.Verify.SIGNATURE);
            if (handshake.isPresent()) {
                return exchange.challenged(handshake.get());
            }
            VerifiedDelivery delivery = (VerifiedDelivery) ((Verdict.Verified) verdict).delivery();
            return counted(endpoint, exchange, delivery, values, handleCopies);
        } catch (SecretUnavailableException e) {
            exchange.fault(Level.ERROR, "no secret for its handshake", e);
            return exchange.rejected(Reason.SECRET_UNAVAILABLE);
        }
    }

    /** Takes a delivery if its tenant has not too many. Counted is what is handled, so no copy uses up a tenant's rate. */
    private Admission counted(
            Endpoint endpoint,
            Exchange exchange,
            VerifiedDelivery delivery,
            RequestValues values,
            boolean handleCopies) {
        Throttle throttle = endpoint.throttle();
        OptionalLong wait = throttle.verified(delivery, exchange.request());
        if (wait.isPresent()) {
            return exchange.limited(wait.getAsLong(), delivery);
        }
        Runnable giveBack = () -> throttle.giveBack(delivery, exchange.request());
        if (endpoint.inbox().isPresent()) {
            WebhookInbox.Entry entry = Inboxes.entry(endpoint.sender(), delivery, values, handleCopies);
            return store(endpoint.inbox().get(), exchange, entry, giveBack);
        }
        Admission admission = claim(exchange, delivery, endpoint.lease(), handleCopies);
        if (admission instanceof Admission.Answered) {
            giveBack.run();
        }
        return admission;
    }

    private static Admission store(
            WebhookInbox inbox, Exchange exchange, WebhookInbox.Entry entry, Runnable notStored) {
        WebhookInbox.Result result;
        try {
            result = inbox.put(entry);
        } catch (RuntimeException e) {
            notStored.run();
            exchange.fault(Level.ERROR, "the inbox could not store", e);
            return exchange.rejected(Reason.STORE_UNAVAILABLE, entry.delivery());
        }
        if (result instanceof WebhookInbox.Result.Stored) {
            return exchange.stored(entry.delivery(), entry.acknowledgement());
        }
        notStored.run();
        return result instanceof WebhookInbox.Result.Duplicate duplicate
                ? exchange.duplicate(entry.delivery(), duplicate.answer())
                : exchange.rejected(Reason.IN_FLIGHT, entry.delivery());
    }

    private Admission claim(Exchange exchange, VerifiedDelivery delivery, Duration lease, boolean handleCopies) {
        if (handleCopies || delivery.fingerprint().isEmpty()) {
            return new Admission.Admitted(delivery, new OpenClaim(exchange, delivery));
        }
        Claim claim;
        try {
            claim = deliveries.claim(
                    keys(delivery), lease, exchange.sender().limits().retention());
        } catch (RuntimeException e) {
            exchange.fault(Level.ERROR, "the delivery store could not claim", e);
            return exchange.rejected(Reason.STORE_UNAVAILABLE);
        }
        if (claim instanceof Claim.Granted granted) {
            return granted(exchange, delivery, granted.token(), lease);
        }
        if (claim instanceof Claim.Completed completed) {
            return exchange.duplicate(delivery, completed.answer());
        }
        return exchange.rejected(Reason.IN_FLIGHT, delivery);
    }

    private Admission granted(Exchange exchange, VerifiedDelivery delivery, ClaimToken token, Duration lease) {
        StoredClaim held = new StoredClaim(exchange, delivery, deliveries, token);
        return held.begin(lease.minus(MARGIN))
                ? new Admission.Admitted(delivery, held)
                : exchange.rejected(Reason.STORE_UNAVAILABLE);
    }

    private static DeliveryKeys keys(VerifiedDelivery delivery) {
        return new DeliveryKeys(
                delivery.sender(),
                delivery.tenant().orElse(""),
                delivery.fingerprint().orElseThrow(),
                delivery.idSigned() ? delivery.id() : Optional.empty());
    }

    /**
     * The answer to a request that a doorway rejects before it can verify it, for the body's length for instance.
     *
     * @param request what is known of the request, without its body
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Admission.Answered reject(String sender, WebhookRequest request, Reason reason) {
        // Counted all the same; what this answer says is more to the point than that there are too many.
        endpoint(sender).throttle().unverified(request);
        return rejectCounted(sender, request, reason);
    }

    /**
     * The answer to a request that {@link #limit} has counted and that a doorway rejects before it can verify it.
     *
     * @param request what is known of the request, without its body
     * @throws IllegalArgumentException as {@link #sender}
     */
    public Admission.Answered rejectCounted(String sender, WebhookRequest request, Reason reason) {
        return new Exchange(endpoint(sender).sender(), request, outcomes).rejected(reason);
    }

    /** How many requests became what, also of gates made of this one by {@link #precededBy}. */
    public WebhookCounters counters() {
        return outcomes.counters();
    }

    /**
     * Shows the {@link #counters} in JMX, as {@code org.verifiedwebhook:type=Webhooks,name="…"}.
     *
     * @param name the application's; one that is taken stays with its holder
     * @return what takes them away again: run it when the application ends
     */
    public Runnable publishCounters(String name) {
        Runnable end = CountersBean.register(name, counters());
        return () -> {
            end.run();
            outcomes.flush();
        };
    }

    /** An answer of a sender's file, with what goes with its status. */
    static Answer answer(Sender sender, Reason reason) {
        AnswerTemplate template = sender.answers().forReason(reason);
        Answer answer = Answer.text(template.status(), template.contentType(), template.body());
        boolean later = template.status() == 503 || template.status() == 429;
        return later
                ? answer.with(
                        "Retry-After",
                        Long.toString(sender.answers().retryAfter().toSeconds()))
                : answer;
    }
}
