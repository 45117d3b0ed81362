package org.verifiedwebhook.sender;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A sender of webhooks as data: what it signs, where things stand in its requests, how it wants to be answered.
 *
 * <p>Immutable. Made from a sender file by {@link Senders}; the {@code with…} methods give changed copies.
 */
public final class Sender {

    private final String name;
    private final String title;
    private final List<Scheme> schemes;
    private final Optional<TenantRule> tenant;
    private final Optional<Extractor> id;
    private final Optional<Extractor> event;
    private final Optional<Source> ordering;
    private final Optional<String> pinnedQuery;
    private final Dedupe dedupe;
    private final AnswerRules answers;
    private final Limits limits;
    private final SecretAdvice secretAdvice;
    private final Map<String, String> config;
    private final List<Challenge> challenges;

    private Sender(Draft draft) {
        this.name = draft.name;
        this.title = draft.title;
        this.schemes = List.copyOf(draft.schemes);
        this.tenant = draft.tenant;
        this.id = draft.id;
        this.event = draft.event;
        this.ordering = draft.ordering;
        this.pinnedQuery = draft.pinnedQuery;
        this.dedupe = draft.dedupe;
        this.answers = draft.answers;
        this.limits = draft.limits;
        this.secretAdvice = draft.secretAdvice;
        this.config = Map.copyOf(draft.config);
        this.challenges = List.copyOf(draft.challenges);
    }

    /** The fields of a sender while it is put together; {@link #build} checks that they fit. */
    static final class Draft {
        String name;
        String title;
        List<Scheme> schemes;
        Optional<TenantRule> tenant = Optional.empty();
        Optional<Extractor> id = Optional.empty();
        Optional<Extractor> event = Optional.empty();
        Optional<Source> ordering = Optional.empty();
        Optional<String> pinnedQuery = Optional.empty();
        Dedupe dedupe = Dedupe.SIGNATURE;
        AnswerRules answers;
        Limits limits = Limits.DEFAULT;
        SecretAdvice secretAdvice = SecretAdvice.DEFAULT;
        Map<String, String> config = Map.of();
        List<Challenge> challenges = List.of();

        Sender build() {
            checkName(name);
            if (schemes.isEmpty()) {
                throw new IllegalArgumentException("a sender needs a scheme");
            }
            if (schemes.stream().map(Scheme::name).distinct().count() < schemes.size()) {
                throw new IllegalArgumentException("two schemes have the same name");
            }
            boolean identified = schemes.stream().anyMatch(IdentifierScheme.class::isInstance);
            if (identified
                    && (schemes.size() > 1 || tenant.isEmpty() || tenant.get().shared())) {
                throw new IllegalArgumentException("an unsigned sender has that one scheme and names its tenant");
            }
            if (dedupe == Dedupe.SIGNATURE && schemes.stream().noneMatch(SignatureScheme.class::isInstance)) {
                throw new IllegalArgumentException("no scheme signs, so dedupe must be 'request' or 'none'");
            }
            return new Sender(this);
        }
    }

    /**
     * Refuses a name that could not stand in a JNDI name, a property and an environment variable alike.
     *
     * @throws IllegalArgumentException if {@code name} has other characters than lower case letters, digits and hyphens
     */
    public static void checkName(String name) {
        if (!name.matches("[a-z0-9](-?[a-z0-9]){0,63}")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no sender's name: use lower case letters, digits and single hyphens");
        }
    }

    private Sender with(java.util.function.Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.name = name;
        draft.title = title;
        draft.schemes = schemes;
        draft.tenant = tenant;
        draft.id = id;
        draft.event = event;
        draft.ordering = ordering;
        draft.pinnedQuery = pinnedQuery;
        draft.dedupe = dedupe;
        draft.answers = answers;
        draft.limits = limits;
        draft.secretAdvice = secretAdvice;
        draft.config = config;
        draft.challenges = challenges;
        change.accept(draft);
        return draft.build();
    }

    /** The name in annotations and settings. */
    public String name() {
        return name;
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** The schemes in order of preference; the request decides which one is meant, see {@link Scheme#when}. */
    public List<Scheme> schemes() {
        return schemes;
    }

    /** Where a request names its tenant; absent if there is one secret and no tenant. */
    public Optional<TenantRule> tenant() {
        return tenant;
    }

    /** Where the delivery id stands, unless a scheme knows another place. */
    public Optional<Extractor> id() {
        return id;
    }

    /** Where the event type stands. */
    public Optional<Extractor> event() {
        return event;
    }

    /** What deliveries have in common that an inbox handles one after the other; absent if it keeps no order. */
    public Optional<Source> ordering() {
        return ordering;
    }

    /** The only query that a request may have, raw, the empty one included; absent if any may come. */
    public Optional<String> pinnedQuery() {
        return pinnedQuery;
    }

    /** What makes two requests the same delivery. */
    public Dedupe dedupe() {
        return dedupe;
    }

    /** Whether one signed request is one and the same delivery at whatever URL it comes to, so that only one handles it. */
    public boolean sameAtAnyUrl() {
        return dedupe == Dedupe.SIGNATURE
                && schemes.stream()
                        .anyMatch(s -> s instanceof SignatureScheme scheme
                                && !scheme.content().signs(Content.Value.URL));
    }

    /** How rejections look. */
    public AnswerRules answers() {
        return answers;
    }

    /** The bounds of a delivery. */
    public Limits limits() {
        return limits;
    }

    /** What the sender's guide asks of secrets. */
    public SecretAdvice secretAdvice() {
        return secretAdvice;
    }

    /** The handshakes it may open with. */
    public List<Challenge> challenges() {
        return challenges;
    }

    /** Every place in a request that any part of this sender reads. */
    public Stream<Source> sources() {
        Stream<SignatureScheme> signing =
                schemes.stream().filter(SignatureScheme.class::isInstance).map(SignatureScheme.class::cast);
        return Stream.of(
                        Stream.of(id, event).flatMap(Optional::stream).flatMap(e -> e.from().stream()),
                        ordering.stream(),
                        schemes.stream().flatMap(s -> s.when().keySet().stream()),
                        schemes.stream().flatMap(s -> s.signature().stream()).flatMap(e -> e.from().stream()),
                        signing.flatMap(SignatureScheme::sources),
                        tenant.stream().flatMap(t -> t.claims().stream()).flatMap(c -> c.from().stream()),
                        challenges.stream().flatMap(c -> ChallengeFile.sources(c).stream()))
                .flatMap(s -> s);
    }

    /** The configured value that {@code {config:name}} stands for. */
    public Optional<String> config(String key) {
        return Optional.ofNullable(config.get(key));
    }

    /** The weakest assurance that any of the schemes gives. */
    public Assurance assurance() {
        return schemes.stream().map(Scheme::assurance).max(Enum::compareTo).orElseThrow();
    }

    /**
     * Only the scheme of that name, so that no other form of signature is accepted.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Sender pinnedTo(String scheme) {
        List<Scheme> one = schemes.stream().filter(s -> s.name().equals(scheme)).toList();
        if (one.isEmpty()) {
            throw new IllegalArgumentException("sender " + name + " has only the schemes "
                    + schemes.stream().map(Scheme::name).toList());
        }
        return with(d -> d.schemes = one);
    }

    /** Admits only requests with exactly this raw query; the empty one admits only requests without. */
    public Sender withPinnedQuery(String query) {
        return with(d -> d.pinnedQuery = Optional.of(Objects.requireNonNull(query)));
    }

    /** The signature taken from another header field. */
    public Sender withSignatureHeader(String header) {
        Source source = new Source(Source.Kind.HEADER, header);
        return withSignatureSchemes(s -> s.withSignature(s.signature().stream()
                .map(e -> new Extractor(List.of(source), e.separator(), e.prefixes(), e.key()))
                .toList()));
    }

    /** Another freshness tolerance; no effect on schemes without a timestamp. */
    public Sender withTolerance(Duration tolerance) {
        return withSignatureSchemes(s -> s.withTimestamp(s.timestamp().map(t -> t.withTolerance(tolerance))));
    }

    private Sender withSignatureSchemes(UnaryOperator<SignatureScheme> change) {
        return with(d -> d.schemes = schemes.stream()
                .map(s -> s instanceof SignatureScheme signature ? change.apply(signature) : s)
                .toList());
    }

    /** The tenant taken from one place instead of where the file says. */
    public Sender withTenantFrom(Source source) {
        TenantRule.Claim claim = new TenantRule.Claim("tenant", List.of(source), "", true);
        return with(d -> d.tenant = Optional.of(new TenantRule(List.of(claim), false)));
    }

    /** An inbox handles deliveries one after the other that have the same value there. */
    public Sender withOrdering(Source source) {
        return with(d -> d.ordering = Optional.of(source));
    }

    /** Another bound of the body, in bytes. */
    public Sender withMaxBody(int bytes) {
        return with(d -> d.limits = new Limits(bytes, limits.answerWithin(), limits.retention(), limits.rate()));
    }

    /** Another time for which deliveries are remembered. */
    public Sender withRetention(Duration retention) {
        return with(d -> d.limits = new Limits(limits.maxBody(), limits.answerWithin(), retention, limits.rate()));
    }

    /** Another rate of a tenant's deliveries; none, if absent. */
    public Sender withRate(Optional<Rate> rate) {
        return with(d -> d.limits = new Limits(limits.maxBody(), limits.answerWithin(), limits.retention(), rate));
    }

    /** Another rule of what a copy is. */
    public Sender withDedupe(Dedupe other) {
        return with(d -> d.dedupe = other);
    }

    /** Values for {@code {config:…}} placeholders and prefixes. */
    public Sender withConfig(Map<String, String> values) {
        return with(d -> d.config = values);
    }

    /** Unknown tenants answered as the sender's document says. Lets strangers find out which tenants exist. */
    public Sender revealingUnknownTenants() {
        return with(d -> d.answers = answers.revealing());
    }

    @Override
    public String toString() {
        return "Sender[" + name + "]";
    }
}
