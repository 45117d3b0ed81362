package org.verifiedwebhook;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.verifiedwebhook.Tenancies.Tenancy;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Challenge;
import org.verifiedwebhook.sender.Content;
import org.verifiedwebhook.sender.Extractor;
import org.verifiedwebhook.sender.IdentifierScheme;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.Source;
import org.verifiedwebhook.sender.TimestampRule;

/** Verifies requests of one sender. Thread-safe. */
final class Verifier {

    private final Sender sender;
    private final JsonScan.Wanted pointers;
    private final Handshakes handshakes;
    private final Tenancies tenancies;
    private final Clock clock;
    private final SecretAdvisor advisor;
    private final Outcomes outcomes;

    Verifier(
            Sender sender,
            SecretProvider secrets,
            TenantResolver tenants,
            Clock clock,
            SecretAdvisor advisor,
            Outcomes outcomes) {
        this.sender = sender;
        this.pointers = JsonScan.Wanted.of(pointers(sender));
        this.handshakes = new Handshakes(sender, secrets);
        this.tenancies = new Tenancies(sender, secrets, tenants, clock);
        this.clock = clock;
        this.advisor = advisor;
        this.outcomes = outcomes;
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
            List<Tenancy> candidates = tenancies.of(values, scheme, keyId(scheme, values));
            return verified(proved(scheme, choice.elements(), candidates, values), scheme, values);
        } catch (RejectedException e) {
            return new Verdict.Rejected(e.reason());
        } catch (SecretUnavailableException e) {
            outcomes.fault(System.Logger.Level.ERROR, "sender " + sender.name() + ": no secret to be had", e);
            return new Verdict.Rejected(Reason.SECRET_UNAVAILABLE);
        }
    }

    private Prover.Match proved(
            Scheme scheme, List<SchemeChoice.Element> elements, List<Tenancy> candidates, RequestValues values)
            throws RejectedException {
        if (scheme instanceof IdentifierScheme) {
            return Prover.byName(candidates);
        }
        if (scheme instanceof SignatureScheme signature) {
            checkRequirements(signature, values);
            List<SignedContent> contents = new ContentMaker(this::config, signature, values).contents();
            return Prover.bySignature(signature, elements, candidates, contents);
        }
        return Prover.byToken(elements, candidates);
    }

    private void checkRequirements(SignatureScheme scheme, RequestValues values) throws RejectedException {
        for (Map.Entry<Source, String> required : scheme.require().entrySet()) {
            if (!values.lookup(required.getKey()).values().equals(List.of(fill(required.getValue())))) {
                throw new RejectedException(Reason.REQUIREMENT_UNMET);
            }
        }
        if (!values.request().hasTypeOf(scheme.contentTypes())) {
            throw new RejectedException(Reason.REQUIREMENT_UNMET);
        }
    }

    /** Fills configured values into a prefix or a required value. */
    private String fill(String template) {
        return SenderSettings.PLACEHOLDER
                .matcher(template)
                .replaceAll(m -> Matcher.quoteReplacement(config(m.group(1))));
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
        boolean bareMark = pinned.isEmpty() && request.url().contains("?");
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

    private static Optional<String> keyId(Scheme scheme, RequestValues values) {
        return scheme instanceof SignatureScheme s
                ? s.keySource()
                        .map(source -> values.lookup(source).values())
                        .filter(all -> all.size() == 1)
                        .map(all -> all.get(0))
                : Optional.empty();
    }

    private Verdict verified(Prover.Match match, Scheme scheme, RequestValues values) {
        match.secret().ifPresent(secret -> advisor.used(sender, match.tenancy().tenant(), secret));
        Optional<Extractor> idRule = scheme instanceof SignatureScheme s && s.id().isPresent() ? s.id() : sender.id();
        Optional<String> id = idRule.flatMap(values::single).filter(NameText::isName);
        Optional<String> event = sender.event()
                .filter(e -> e.from().stream().allMatch(s -> covered(scheme, s)))
                .flatMap(values::single)
                .filter(NameText::isName);
        return new Verdict.Verified(new VerifiedDelivery(
                values.request(),
                sender.name(),
                match.tenancy().tenant(),
                tenancies.claimed(values),
                id,
                idRule.isPresent() && idSigned(scheme, idRule.get()),
                event,
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

    private Optional<String> fingerprint(Prover.Match match, WebhookRequest request) {
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
