package org.verifiedwebhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.verifiedwebhook.sender.BodyHash;
import org.verifiedwebhook.sender.Content;
import org.verifiedwebhook.sender.Extractor;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.Source;

/** Makes the signed content of a request in every spelling the sender may have signed. */
final class ContentMaker {

    private final UnaryOperator<String> configured;
    private final SignatureScheme scheme;
    private final RequestValues values;

    /** @param configured gives the operator's value of a name, or throws */
    ContentMaker(UnaryOperator<String> configured, SignatureScheme scheme, RequestValues values) {
        this.configured = configured;
        this.scheme = scheme;
        this.values = values;
    }

    /**
     * The spellings; at least one.
     *
     * @throws RejectedException if a value that the template names is missing or ambiguous, or the body is bound by
     *     nothing
     */
    List<SignedContent> contents() throws RejectedException {
        List<SignedContent> contents = new ArrayList<>();
        for (boolean withForm : formReadings()) {
            for (String url : UrlText.spellings(values.request().url(), scheme)) {
                contents.add(content(url, withForm));
            }
        }
        return contents;
    }

    /**
     * Whether the body is to be read as form fields, as none, or either way.
     *
     * <p>A signature over the bare URL authenticates a body only if there is none, or if a hash of it stands in the URL;
     * published validators take it for any body, and so let anyone who saw one signed URL forge the rest.
     */
    private List<Boolean> formReadings() throws RejectedException {
        if (!scheme.content().signsForm()) {
            return List.of(true);
        }
        WebhookRequest request = values.request();
        boolean hashed = bodyHashMatches();
        // A body like "&&" or "=" adds nothing to what is signed, and so would pass as no body at all.
        boolean fields = request.isForm() && request.bodyLength() > 0 && !form().isEmpty();
        if (request.bodyLength() == 0 || fields && !hashed) {
            return List.of(true);
        }
        if (!hashed) {
            throw new RejectedException(Reason.BODY_HASH_MISMATCH);
        }
        return fields ? List.of(true, false) : List.of(false);
    }

    private boolean bodyHashMatches() throws RejectedException {
        Optional<BodyHash> rule = scheme.bodyHash();
        List<String> hashes =
                rule.isEmpty() ? List.of() : values.query().values(rule.get().parameter());
        if (hashes.isEmpty()) {
            return false;
        }
        String hash = SignedContent.sha256Hex(values.request().bytes());
        if (hashes.size() > 1 || !hash.equals(hashes.get(0))) {
            throw new RejectedException(Reason.BODY_HASH_MISMATCH);
        }
        return true;
    }

    private SignedContent content(String url, boolean withForm) throws RejectedException {
        List<byte[]> pieces = new ArrayList<>();
        for (Content.Part part : scheme.content().parts()) {
            pieces.add(piece(part, url, withForm));
        }
        return new SignedContent(pieces);
    }

    private byte[] piece(Content.Part part, String url, boolean withForm) throws RejectedException {
        if (part instanceof Content.Literal literal) {
            return SignedContent.utf8(literal.text());
        }
        if (part instanceof Content.Config config) {
            return SignedContent.utf8(configured.apply(config.name()));
        }
        if (part instanceof Content.Field field) {
            return SignedContent.utf8(field(field.source()));
        }
        WebhookRequest request = values.request();
        Content.Value value = (Content.Value) part;
        return switch (value) {
            case BODY -> request.bytes();
            case BODY_SHA256_HEX, BODY_CRC32 -> SignedContent.hash(value, request.bytes());
            case TIMESTAMP -> single(scheme.timestamp().orElseThrow().from(), Reason.TIMESTAMP_MISSING);
            case ID -> single(scheme.id().orElseThrow(), Reason.REQUIREMENT_UNMET);
            case METHOD -> SignedContent.utf8(request.method());
            case URL -> SignedContent.utf8(url);
            case SECRET -> SignedContent.secretPlace();
            case FORM_SORTED -> SignedContent.utf8(withForm ? form().sortedUnique() : "");
            case FORM_SORTED_STABLE -> SignedContent.utf8(withForm ? form().sortedStable() : "");
        };
    }

    private FormBody form() {
        return values.form();
    }

    /** The text as sent: a number parsed and printed again may read otherwise. */
    private byte[] single(Extractor extractor, Reason missing) throws RejectedException {
        return SignedContent.utf8(values.single(extractor).orElseThrow(() -> new RejectedException(missing)));
    }

    private String field(Source source) throws RejectedException {
        List<String> all = values.lookup(source).values();
        if (all.size() != 1) {
            throw new RejectedException(Reason.REQUIREMENT_UNMET);
        }
        return all.get(0);
    }
}
