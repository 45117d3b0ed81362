package org.verifiedwebhook.sender;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes values out of a request: the first of {@code from} that is present and not empty, split at {@code separator},
 * trimmed; of the elements those that begin with one of {@code prefixes}, without it.
 *
 * <p>This one shape reads {@code sha256=…}, Stripe's {@code t=…,v1=…}, Standard Webhooks' {@code v1,… v1,…} and a plain
 * header alike.
 *
 * @param from where to look, in order; at least one
 * @param separator what separates elements; absent if the value is one element
 * @param prefixes alternatives, tried in order; the empty prefix takes the element as it is; {@code {keyId}} stands for
 *     the configured value of that name
 * @param key the only secret, by its place in the set, that this element may match; absent if any may
 */
public record Extractor(List<Source> from, Optional<String> separator, List<String> prefixes, OptionalInt key) {

    public Extractor {
        from = List.copyOf(from);
        prefixes = List.copyOf(prefixes);
        if (from.isEmpty() || prefixes.isEmpty()) {
            throw new IllegalArgumentException("an extractor needs a source and a prefix, be it the empty one");
        }
        if (separator.isPresent() && separator.get().isEmpty()) {
            throw new IllegalArgumentException("an empty separator separates nothing: leave it out");
        }
    }

    /** An extractor of the whole value of {@code source}. */
    public static Extractor of(Source source) {
        return new Extractor(List.of(source), Optional.empty(), List.of(""), OptionalInt.empty());
    }
}
