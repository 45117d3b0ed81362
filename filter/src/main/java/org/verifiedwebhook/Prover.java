package org.verifiedwebhook;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.verifiedwebhook.Tenancies.Tenancy;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.SignatureScheme;

/** Finds the secret that made a signature or token, among those that may have. */
final class Prover {

    private Prover() {}

    /**
     * Who the request is from, as far as it is proved.
     *
     * @param tenancy whose secret matched, or whom the request names
     * @param secret the one that matched
     * @param fingerprint what a copy of the delivery shares with it, if the signature gives that
     */
    record Match(Tenancy tenancy, Optional<Secret> secret, Optional<String> fingerprint) {}

    /**
     * Who signed.
     *
     * @throws RejectedException if nobody who may have did
     */
    static Match bySignature(
            SignatureScheme scheme,
            List<SchemeChoice.Element> elements,
            List<Tenancy> tenancies,
            List<SignedContent> contents)
            throws RejectedException {
        for (Tenancy tenancy : tenancies) {
            for (Tenancies.Candidate candidate : tenancy.secrets()) {
                List<byte[]> tags = allowed(elements, candidate.place())
                        .map(SchemeChoice.Element::tag)
                        .toList();
                for (SignedContent content : contents) {
                    int match = Signatures.matching(scheme, candidate, content, tags);
                    if (match >= 0) {
                        return new Match(
                                tenancy,
                                Optional.of(candidate.secret()),
                                Optional.of(fingerprint(scheme, tags.get(match), content)));
                    }
                }
            }
        }
        throw new RejectedException(refusal(tenancies));
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

    /**
     * Whose token it is.
     *
     * @throws RejectedException if nobody's who may have sent it
     */
    static Match byToken(List<SchemeChoice.Element> elements, List<Tenancy> tenancies) throws RejectedException {
        for (Tenancy tenancy : tenancies) {
            for (Tenancies.Candidate candidate : tenancy.secrets()) {
                byte[] token = candidate.secret().bytes();
                boolean same = allowed(elements, candidate.place()).anyMatch(e -> ConstantTime.same(token, e.text()));
                if (same && !candidate.decoy()) {
                    return new Match(tenancy, Optional.of(candidate.secret()), Optional.empty());
                }
            }
        }
        throw new RejectedException(refusal(tenancies));
    }

    /**
     * Whom the request names.
     *
     * @throws RejectedException if nobody, or more than one
     */
    static Match byName(List<Tenancy> tenancies) throws RejectedException {
        if (tenancies.size() != 1) {
            throw new RejectedException(Reason.TENANT_UNKNOWN);
        }
        return new Match(tenancies.get(0), Optional.empty(), Optional.empty());
    }

    /** That nothing matched one who has a secret says more than that others have none. */
    private static Reason refusal(List<Tenancy> tenancies) {
        Reason reason = tenancies.get(0).refusal();
        for (Tenancy tenancy : tenancies) {
            reason = tenancy.refusal() == Reason.SIGNATURE_MISMATCH ? tenancy.refusal() : reason;
        }
        return reason;
    }
}
