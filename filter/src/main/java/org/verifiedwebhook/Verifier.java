package org.verifiedwebhook;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.TenantClaims;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Challenge;
import org.verifiedwebhook.sender.Content;
import org.verifiedwebhook.sender.Extractor;
import org.verifiedwebhook.sender.IdentifierScheme;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.Source;
import org.verifiedwebhook.sender.TenantRule;
import org.verifiedwebhook.sender.TimestampRule;

/** Verifies requests of one sender. Thread-safe. */
final class Verifier {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final int MAX_NAME = 256;
    private static final int MAX_TENANTS = 16;

    private final Sender sender;
    private final JsonScan.Wanted pointers;
    private final SecretProvider secrets;
    private final Handshakes handshakes;
    private final TenantResolver tenants;
    private final Clock clock;
    private final SecretAdvisor advisor;
    /** Does the work for tenants that do not exist. */
    private final byte[] decoy = new byte[32];

    Verifier(Sender sender, SecretProvider secrets, TenantResolver tenants, Clock clock, SecretAdvisor advisor) {
        this.sender = sender;
        this.pointers = JsonScan.Wanted.of(pointers(sender));
        this.secrets = secrets;
        this.handshakes = new Handshakes(sender, secrets);
        this.tenants = tenants;
        this.clock = clock;
        this.advisor = advisor;
        new SecureRandom().nextBytes(decoy);
    }

    private static Set<String> pointers(Sender sender) {
        return sender.sources()
                .filter(s -> s.kind() == Source.Kind.JSON)
                .map(Source::name)
                .collect(Collectors.toSet());
    }

    Sender sender() {
        return sender;
    }

    /** The values of a request. */
    RequestValues values(WebhookRequest request) {
        return new RequestValues(request, pointers, this::fill);
    }

    /** The answer if the request is a handshake that asks for this much verification. */
    Optional<Answer> handshake(RequestValues values, Challenge.Verify verify) {
        return handshakes.answer(values, verify, this::fill);
    }

    Verdict verify(RequestValues values) {
        WebhookRequest request = values.request();
        try {
            SchemeChoice choice = SchemeChoice.of(sender.schemes(), values);
            if (choice.scheme().orElse(null) instanceof SignatureScheme scheme) {
                checkFresh(scheme, values);
            }
            if (choice.reason().isPresent()) {
                throw new RejectedException(choice.reason().get());
            }
            Scheme scheme = choice.scheme().orElseThrow();
            checkQuery(request);
            checkBody(scheme, request);
            List<Tenancy> tenancies = tenancies(values, keyId(scheme, values));
            if (scheme instanceof SignatureScheme signature) {
                return verified(bySignature(signature, choice.elements(), tenancies, values), scheme, values);
            }
            if (scheme instanceof IdentifierScheme) {
                return verified(byName(tenancies), scheme, values);
            }
            return verified(byToken(choice.elements(), tenancies), scheme, values);
        } catch (RejectedException e) {
            return new Verdict.Rejected(e.reason());
        } catch (SecretUnavailableException e) {
            LOG.log(System.Logger.Level.ERROR, () -> "sender " + sender.name() + ": no secret to be had: " + e, e);
            return new Verdict.Rejected(Reason.SECRET_UNAVAILABLE);
        }
    }

    /** Fills configured values into a prefix or a required value. */
    private String fill(String template) {
        int open = template.indexOf('{');
        int close = template.indexOf('}', open + 1);
        if (open < 0 || close < 0) {
            return template;
        }
        return template.substring(0, open)
                + config(template.substring(open + 1, close))
                + template.substring(close + 1);
    }

    private String config(String name) {
        return sender.config(name)
                .orElseThrow(() -> new SecretUnavailableException("setting webhook/" + sender.name() + "/config/" + name
                        + " is missing: the sender's file asks for it"));
    }

    private void checkFresh(SignatureScheme scheme, RequestValues values) throws RejectedException {
        if (scheme.timestamp().isEmpty()) {
            return;
        }
        TimestampRule rule = scheme.timestamp().get();
        Optional<String> text = values.single(rule.from());
        if (text.isEmpty()) {
            boolean absent = values.presentSource(rule.from()).isEmpty();
            throw new RejectedException(absent ? Reason.TIMESTAMP_MISSING : Reason.TIMESTAMP_UNREADABLE);
        }
        Optional<Reason> stale = Timestamps.staleness(text.get(), rule, clock.instant());
        if (stale.isPresent()) {
            throw new RejectedException(stale.get());
        }
    }

    private void checkQuery(WebhookRequest request) throws RejectedException {
        if (sender.pinnedQuery().isEmpty()) {
            return;
        }
        String pinned = sender.pinnedQuery().get();
        // An empty query is more than none: what stood behind its question mark may have been moved into the body.
        boolean bareMark = pinned.isEmpty() && request.url().indexOf('?') >= 0;
        if (bareMark || !pinned.equals(request.query())) {
            throw new RejectedException(Reason.QUERY_NOT_PINNED);
        }
    }

    private static void checkBody(Scheme scheme, WebhookRequest request) throws RejectedException {
        if (request.bodyLength() > 0) {
            return;
        }
        boolean announced = request.header("Content-Length").stream()
                .anyMatch(l -> !l.trim().equals("0"));
        if (announced) {
            throw new RejectedException(Reason.BODY_CONSUMED);
        }
        // A chunked body that came to nothing looks the same as one that somebody else has read.
        boolean chunked = !request.header("Transfer-Encoding").isEmpty();
        boolean signed = scheme instanceof SignatureScheme s && s.content().signsBody() && !s.emptyBody();
        if (chunked || signed) {
            throw new RejectedException(Reason.BODY_EMPTY);
        }
    }

    /** A tenant that the request may belong to, and its active secrets; no tenant if the sender has none. */
    private record Tenancy(Optional<String> tenant, SecretSet secrets) {}

    private static Optional<String> keyId(Scheme scheme, RequestValues values) {
        return scheme instanceof SignatureScheme s
                ? s.keySource()
                        .map(source -> values.lookup(source).values())
                        .filter(all -> all.size() == 1)
                        .map(all -> all.get(0))
                : Optional.empty();
    }

    private List<Tenancy> tenancies(RequestValues values, Optional<String> keyId) throws RejectedException {
        Optional<TenantRule> rule = sender.tenant().filter(t -> !t.shared());
        if (rule.isEmpty()) {
            return List.of(tenancy(Optional.empty(), keyId));
        }
        Map<String, String> claims = new LinkedHashMap<>();
        for (TenantRule.Claim claim : rule.get().claims()) {
            claim(claim, values).ifPresent(value -> claims.put(claim.name(), value));
        }
        List<String> candidates = resolve(new TenantClaims(sender.name(), claims));
        List<Tenancy> tenancies = new ArrayList<>();
        for (String tenant : candidates) {
            tenancies.add(tenancy(Optional.of(tenant), keyId));
        }
        return tenancies;
    }

    private List<String> resolve(TenantClaims claims) {
        try {
            List<String> candidates = List.copyOf(tenants.tenants(claims));
            return candidates.size() > MAX_TENANTS ? candidates.subList(0, MAX_TENANTS) : candidates;
        } catch (SecretUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SecretUnavailableException("the tenant resolver failed", e);
        }
    }

    private Tenancy tenancy(Optional<String> tenant, Optional<String> keyId) {
        boolean unsigned = sender.assurance() == Assurance.IDENTIFIED;
        if (unsigned) {
            return new Tenancy(tenant, SecretSet.none());
        }
        try {
            SecretSet all = secrets.secretsFor(new SecretRequest(sender.name(), tenant, keyId));
            return new Tenancy(tenant, all.activeAt(clock.instant()));
        } catch (SecretUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SecretUnavailableException("the secret provider failed", e);
        }
    }

    private static Optional<String> claim(TenantRule.Claim claim, RequestValues values) throws RejectedException {
        String value = null;
        for (Source source : claim.from()) {
            RequestValues.Lookup lookup = values.lookup(source);
            if (lookup.malformed()) {
                throw new RejectedException(Reason.BODY_MALFORMED);
            }
            boolean again = value != null && lookup.present();
            if (lookup.invalid() || lookup.values().size() > 1 || again || values.isNumber(source)) {
                throw new RejectedException(Reason.TENANT_INVALID);
            }
            if (lookup.present()) {
                value = name(lookup.values().get(0));
            }
        }
        String kept = value == null ? "" : keep(value, claim.keep());
        if (!kept.isBlank()) {
            return Optional.of(kept);
        }
        if (claim.required()) {
            throw new RejectedException(Reason.TENANT_MISSING);
        }
        return Optional.empty();
    }

    /** Refuses what no name has, before any store sees it. */
    private static String name(String text) throws RejectedException {
        if (text.length() > MAX_NAME || !wellFormedName(text)) {
            throw new RejectedException(Reason.TENANT_INVALID);
        }
        return text;
    }

    private static boolean wellFormedName(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || c == 0xFFFD
                        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String keep(String value, String characters) {
        if (characters.isEmpty()) {
            return value;
        }
        StringBuilder kept = new StringBuilder(value.length());
        value.chars().filter(c -> characters.indexOf(c) >= 0).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    /** Who the request is from, as far as it is proved. */
    private record Match(Tenancy tenancy, Optional<Secret> secret, Optional<String> fingerprint) {}

    private Match bySignature(
            SignatureScheme scheme, List<SchemeChoice.Element> elements, List<Tenancy> tenancies, RequestValues values)
            throws RejectedException {
        for (Map.Entry<Source, String> required : scheme.require().entrySet()) {
            if (!values.lookup(required.getKey()).values().equals(List.of(fill(required.getValue())))) {
                throw new RejectedException(Reason.REQUIREMENT_UNMET);
            }
        }
        List<SignedContent> contents = new ContentMaker(sender, scheme, values).contents();
        for (Tenancy tenancy : tenancies) {
            List<Secret> active = tenancy.secrets().secrets();
            for (int i = 0; i < active.size(); i++) {
                List<byte[]> tags =
                        allowed(elements, i).map(SchemeChoice.Element::tag).toList();
                for (SignedContent content : contents) {
                    int match = Signatures.matching(scheme, active.get(i), content, tags);
                    if (match >= 0) {
                        return new Match(
                                tenancy,
                                Optional.of(active.get(i)),
                                Optional.of(fingerprint(scheme, tags.get(match), content)));
                    }
                }
            }
        }
        throw noMatch(tenancies, () -> contents.forEach(this::decoyTag));
    }

    private static Stream<SchemeChoice.Element> allowed(List<SchemeChoice.Element> elements, int secret) {
        return elements.stream().filter(e -> e.key().isEmpty() || e.key().getAsInt() == secret);
    }

    private static String fingerprint(SignatureScheme scheme, byte[] tag, SignedContent content) {
        // A MAC is what its content and key make it. A public key's signature can be made again and again: take the
        // content.
        return scheme.algorithm().symmetric()
                ? HexFormat.of().formatHex(tag)
                : SignedContent.sha256Hex(content.bytes(new byte[0]));
    }

    private void decoyTag(SignedContent content) {
        Signatures.tag(Algorithm.HMAC_SHA256, decoy, content);
    }

    private Match byToken(List<SchemeChoice.Element> elements, List<Tenancy> tenancies) throws RejectedException {
        for (Tenancy tenancy : tenancies) {
            List<Secret> active = tenancy.secrets().secrets();
            for (int i = 0; i < active.size(); i++) {
                byte[] wanted = SignedContent.sha256().digest(active.get(i).bytes());
                boolean same = allowed(elements, i).anyMatch(e -> sameToken(wanted, e.text()));
                if (same) {
                    return new Match(tenancy, Optional.of(active.get(i)), Optional.empty());
                }
            }
        }
        throw noMatch(
                tenancies,
                () -> sameToken(
                        SignedContent.sha256().digest(decoy), elements.get(0).text()));
    }

    /** Compares digests, so that the time tells not even the token's length. */
    private static boolean sameToken(byte[] wanted, String token) {
        byte[] got = SignedContent.sha256().digest(SignedContent.utf8(token));
        return MessageDigest.isEqual(wanted, got);
    }

    private static Match byName(List<Tenancy> tenancies) throws RejectedException {
        if (tenancies.size() != 1) {
            throw new RejectedException(Reason.TENANT_UNKNOWN);
        }
        return new Match(tenancies.get(0), Optional.empty(), Optional.empty());
    }

    /** Says why nothing matched, having done the same work for a tenant that does not exist as for one that does. */
    private static RejectedException noMatch(List<Tenancy> tenancies, Runnable sameWork) {
        if (tenancies.isEmpty()) {
            sameWork.run();
            return new RejectedException(Reason.TENANT_UNKNOWN);
        }
        if (tenancies.stream().allMatch(t -> t.secrets().isEmpty())) {
            sameWork.run();
            return new RejectedException(Reason.SECRET_MISSING);
        }
        return new RejectedException(Reason.SIGNATURE_MISMATCH);
    }

    private Verdict verified(Match match, Scheme scheme, RequestValues values) {
        match.secret().ifPresent(secret -> advisor.used(sender, match.tenancy().tenant(), secret));
        Optional<Extractor> idRule = scheme instanceof SignatureScheme s && s.id().isPresent() ? s.id() : sender.id();
        Optional<String> id = idRule.flatMap(values::single).filter(Verifier::wellFormedName);
        Optional<String> event = sender.event()
                .filter(e -> e.from().stream().allMatch(s -> covered(scheme, s)))
                .flatMap(values::single)
                .filter(Verifier::wellFormedName);
        return new Verdict.Verified(new VerifiedDelivery(
                values.request(),
                sender.name(),
                match.tenancy().tenant(),
                claimedTenant(values),
                id.filter(i -> i.length() <= MAX_NAME),
                idRule.isPresent() && idSigned(scheme, idRule.get()),
                event.filter(e -> e.length() <= MAX_NAME),
                new VerifiedDelivery.Proof(
                        scheme.assurance(), match.secret().map(Secret::label), fingerprint(match, values.request()))));
    }

    private static boolean idSigned(Scheme scheme, Extractor rule) {
        return scheme instanceof SignatureScheme s
                && (s.content().signs(Content.Value.ID)
                        || rule.from().stream().allMatch(source -> s.content().covers(source)));
    }

    /** Whether a value may decide what is done: it is signed, or the scheme signs nothing and proves little anyway. */
    private static boolean covered(Scheme scheme, Source source) {
        return !(scheme instanceof SignatureScheme s) || s.content().covers(source);
    }

    private Optional<String> claimedTenant(RequestValues values) {
        if (sender.tenant().isEmpty() || !sender.tenant().get().shared()) {
            return Optional.empty();
        }
        try {
            return claim(sender.tenant().get().claims().get(0), values);
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private Optional<String> fingerprint(Match match, WebhookRequest request) {
        return switch (sender.dedupe()) {
            case NONE -> Optional.empty();
            case SIGNATURE -> match.fingerprint().or(() -> Optional.of(requestFingerprint(request)));
            case REQUEST -> Optional.of(requestFingerprint(request));
        };
    }

    private static String requestFingerprint(WebhookRequest request) {
        MessageDigest digest = SignedContent.sha256();
        for (String part : List.of(request.method(), request.path(), request.query())) {
            byte[] bytes = SignedContent.utf8(part);
            digest.update(SignedContent.utf8(bytes.length + ":"));
            digest.update(bytes);
        }
        return "request-" + HexFormat.of().formatHex(digest.digest(request.bytes()));
    }
}
