package org.verifiedwebhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.verifiedwebhook.sender.Extractor;
import org.verifiedwebhook.sender.IdentifierScheme;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Scheme;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.Source;

/**
 * Which scheme a request means, and the signatures it brings. The first scheme whose signature is present is meant;
 * where several take it from the same place, the one whose form it has. What is present and wrong is never made good by
 * another scheme.
 */
final class SchemeChoice {

    /**
     * A signature or token as it came.
     *
     * @param text as sent, without prefix
     * @param tag decoded; empty for a token
     * @param key the only secret it may match, by place
     */
    record Element(String text, byte[] tag, OptionalInt key) {}

    private final Optional<Scheme> scheme;
    private final List<Element> elements;
    private final Optional<Reason> reason;

    private SchemeChoice(Optional<Scheme> scheme, List<Element> elements, Optional<Reason> reason) {
        this.scheme = scheme;
        this.elements = elements;
        this.reason = reason;
    }

    /** The scheme meant; empty if that cannot be said. */
    Optional<Scheme> scheme() {
        return scheme;
    }

    List<Element> elements() {
        return elements;
    }

    /** Why the signature cannot be one; empty if it can. */
    Optional<Reason> reason() {
        return reason;
    }

    static SchemeChoice of(List<Scheme> schemes, RequestValues values) {
        Optional<Scheme> only = schemes.size() == 1 ? Optional.of(schemes.get(0)) : Optional.empty();
        Source place = null;
        for (Scheme scheme : schemes) {
            if (scheme instanceof IdentifierScheme) {
                return new SchemeChoice(Optional.of(scheme), List.of(), Optional.empty());
            }
            Optional<Source> present = firstPresent(scheme, values);
            if (present.isEmpty() || !holds(scheme.when(), values) || place != null && !place.equals(present.get())) {
                continue;
            }
            if (place == null && repeated(scheme, values)) {
                return new SchemeChoice(only, List.of(), Optional.of(Reason.SIGNATURE_REPEATED));
            }
            place = present.get();
            List<Element> elements = wellFormed(scheme, values);
            if (!elements.isEmpty()) {
                return new SchemeChoice(Optional.of(scheme), elements, Optional.empty());
            }
        }
        Reason reason = place == null ? Reason.SIGNATURE_MISSING : Reason.SIGNATURE_MALFORMED;
        return new SchemeChoice(only, List.of(), Optional.of(reason));
    }

    private static Optional<Source> firstPresent(Scheme scheme, RequestValues values) {
        return scheme.signature().stream()
                .flatMap(e -> values.presentSource(e).stream())
                .findFirst();
    }

    private static boolean holds(Map<Source, String> conditions, RequestValues values) {
        return conditions.entrySet().stream()
                .allMatch(c -> values.lookup(c.getKey()).values().equals(List.of(c.getValue())));
    }

    private static boolean repeated(Scheme scheme, RequestValues values) {
        return scheme.signature().stream()
                .flatMap(e -> e.from().stream())
                .anyMatch(s ->
                        values.lookup(s).values().size() > 1 || values.lookup(s).invalid());
    }

    private static List<Element> wellFormed(Scheme scheme, RequestValues values) {
        List<Element> elements = new ArrayList<>();
        for (Extractor extractor : scheme.signature()) {
            for (String text : values.elements(extractor)) {
                if (scheme instanceof SignatureScheme signature) {
                    byte[] tag = Tags.decode(signature.encoding(), text);
                    OptionalInt length = signature.algorithm().signatureLength();
                    if (tag != null && (length.isEmpty() || length.getAsInt() == tag.length)) {
                        elements.add(new Element(text, tag, extractor.key()));
                    }
                } else if (!text.isEmpty()) {
                    elements.add(new Element(text, new byte[0], extractor.key()));
                }
            }
        }
        return elements;
    }
}
