package org.verifiedwebhook.sender;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A signature over content made from the request.
 *
 * @param name the scheme's name within its sender
 * @param algorithm how the signature is made
 * @param key how the secret becomes the key
 * @param keySource where the request names the key it means, a certificate's URL for instance; not verified
 * @param signature where signatures stand; any one that matches is enough
 * @param encoding how each is written
 * @param content what is signed
 * @param timestamp where the time of signing stands
 * @param id where the delivery id stands
 * @param require header fields and the values they must have
 * @param when what selects this scheme among several
 * @param urlVariants the spellings of the URL to try, if the URL is signed
 * @param urlDecode characters whose percent-encoding the sender decodes before it signs the URL; empty for none
 * @param bodyHash the hash that binds the body if it is not signed itself
 * @param emptyBody whether an empty body may be verified although the body is signed
 * @param contentTypes the only media types that a body may have, in lower case and without parameters; empty for any
 */
public record SignatureScheme(
        String name,
        Algorithm algorithm,
        KeyRule key,
        Optional<Source> keySource,
        List<Extractor> signature,
        Encoding encoding,
        Content content,
        Optional<TimestampRule> timestamp,
        Optional<Extractor> id,
        Map<Source, String> require,
        Map<Source, String> when,
        Set<UrlVariant> urlVariants,
        String urlDecode,
        Optional<BodyHash> bodyHash,
        boolean emptyBody,
        Set<String> contentTypes)
        implements Scheme {

    public SignatureScheme {
        signature = List.copyOf(signature);
        require = Map.copyOf(require);
        when = Map.copyOf(when);
        urlVariants = Set.copyOf(urlVariants);
        contentTypes = Set.copyOf(contentTypes);
        if (signature.isEmpty()) {
            throw new IllegalArgumentException("scheme " + name + ": say where the signature stands");
        }
    }

    @Override
    public Assurance assurance() {
        return Assurance.SIGNED;
    }

    /** Every place it reads beside its signatures. */
    Stream<Source> sources() {
        Stream<Source> extracted = Stream.of(timestamp.map(TimestampRule::from), id)
                .flatMap(Optional::stream)
                .flatMap(e -> e.from().stream());
        Stream<Source> signed =
                content.parts().stream().filter(Content.Field.class::isInstance).map(p -> ((Content.Field) p).source());
        return Stream.of(extracted, signed, require.keySet().stream(), keySource.stream())
                .flatMap(s -> s);
    }

    SignatureScheme withSignature(List<Extractor> other) {
        return copy(other, timestamp);
    }

    SignatureScheme withTimestamp(Optional<TimestampRule> other) {
        return copy(signature, other);
    }

    private SignatureScheme copy(List<Extractor> newSignature, Optional<TimestampRule> newTimestamp) {
        return new SignatureScheme(
                name,
                algorithm,
                key,
                keySource,
                newSignature,
                encoding,
                content,
                newTimestamp,
                id,
                require,
                when,
                urlVariants,
                urlDecode,
                bodyHash,
                emptyBody,
                contentTypes);
    }
}
