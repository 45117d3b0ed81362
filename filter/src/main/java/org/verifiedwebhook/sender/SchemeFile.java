package org.verifiedwebhook.sender;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the scheme part of a sender file. */
final class SchemeFile {

    private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    private SchemeFile() {}

    static Scheme scheme(FileObject file) {
        String alg = file.requiredText("alg");
        // A file with one scheme writes it at the top, where "name" is the sender's and checked there.
        String name = file.text("scheme").orElse(alg);
        Map<Source, String> when = conditions(file, "when");
        List<Extractor> signature = file.objects("signature", SchemeFile::extractor);
        return switch (alg) {
            case "identifier" -> {
                if (!signature.isEmpty()) {
                    throw new IllegalArgumentException("alg: 'identifier' means unsigned, yet there is a signature");
                }
                yield new IdentifierScheme(name);
            }
            case "token" -> new TokenScheme(name, signature, when);
            default -> signatureScheme(file, name, when, signature);
        };
    }

    private static SignatureScheme signatureScheme(
            FileObject file, String name, Map<Source, String> when, List<Extractor> signature) {
        Algorithm algorithm =
                file.choice("alg", Algorithm.values(), Algorithm::key).orElseThrow();
        Content content = Content.parse(file.requiredText("content"));
        Optional<TimestampRule> timestamp = file.object("timestamp").map(t -> t.read(SchemeFile::timestamp));
        Optional<Extractor> id = file.object("id").map(e -> e.read(SchemeFile::extractor));
        if (content.signs(Content.Value.TIMESTAMP) && timestamp.isEmpty()) {
            throw new IllegalArgumentException("content: signs {timestamp}, so say where the timestamp stands");
        }
        if (content.signs(Content.Value.ID) && id.isEmpty()) {
            throw new IllegalArgumentException("content: signs {id}, so say where the id stands");
        }
        if (algorithm == Algorithm.SHA256 && !content.signs(Content.Value.SECRET)) {
            throw new IllegalArgumentException("content: a plain digest proves nothing unless {secret} is in it");
        }
        Optional<BodyHash> bodyHash = file.object("bodyHash").map(b -> b.read(SchemeFile::bodyHash));
        if (bodyHash.isPresent() && !content.signs(Content.Value.URL)) {
            throw new IllegalArgumentException(
                    "bodyHash: binds nothing unless {url}, where the hash stands, is signed");
        }
        return new SignatureScheme(
                name,
                algorithm,
                file.object("key").map(k -> k.read(SchemeFile::key)).orElse(KeyRule.UTF8),
                file.object("key").flatMap(k -> k.text("source")).map(Source::parse),
                signature,
                file.choice("encoding", Encoding.values(), Encoding::key)
                        .orElseThrow(() -> new IllegalArgumentException("encoding: is missing")),
                content,
                timestamp,
                id,
                conditions(file, "require"),
                when,
                urlVariants(file),
                file.text("urlDecode").orElse(""),
                bodyHash,
                file.flag("emptyBody"),
                contentTypes(file));
    }

    static Extractor extractor(FileObject file) {
        List<String> prefixes = file.texts("prefix");
        return new Extractor(
                sources(file), file.text("sep"), prefixes.isEmpty() ? List.of("") : prefixes, file.number("key"));
    }

    static List<Source> sources(FileObject file) {
        List<String> from = file.texts("from");
        if (from.isEmpty()) {
            throw new IllegalArgumentException("from: is missing");
        }
        return from.stream().map(Source::parse).toList();
    }

    private static TimestampRule timestamp(FileObject file) {
        Extractor from = extractor(file);
        TimestampRule.Unit unit = file.choice("unit", TimestampRule.Unit.values(), TimestampRule.Unit::key)
                .orElseThrow(() -> new IllegalArgumentException("unit: is missing"));
        return new TimestampRule(from, unit, tolerance(file.text("tolerance")));
    }

    private static Optional<Duration> tolerance(Optional<String> text) {
        if (text.isPresent() && text.get().equals("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(text.map(Duration::parse).orElse(DEFAULT_TOLERANCE));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "tolerance: must be an ISO 8601 duration, PT5M for instance, or none", e);
        }
    }

    private static KeyRule key(FileObject file) {
        // Read by the scheme itself; asked for here so that it counts as known.
        file.text("source");
        Optional<String> digest = file.text("digest");
        Optional<String> normalise = file.text("normalise");
        if (digest.isPresent() && !digest.get().equals("sha1")) {
            throw new IllegalArgumentException("digest: only sha1 is known");
        }
        if (normalise.isPresent() && !normalise.get().equals("nfkd")) {
            throw new IllegalArgumentException("normalise: only nfkd is known");
        }
        return new KeyRule(
                file.text("strip").orElse(""),
                file.choice("decode", KeyRule.Decode.values(), d -> d.name().toLowerCase(Locale.ROOT))
                        .orElse(KeyRule.Decode.UTF8),
                digest.isPresent(),
                normalise.isPresent(),
                file.choice("format", KeyRule.Format.values(), f -> f.name().toLowerCase(Locale.ROOT))
                        .orElse(KeyRule.Format.RAW));
    }

    static Map<Source, String> conditions(FileObject file, String member) {
        Map<Source, String> conditions = new LinkedHashMap<>();
        file.object(member)
                .ifPresent(o -> o.textMap().forEach((source, value) -> conditions.put(Source.parse(source), value)));
        return conditions;
    }

    private static Set<UrlVariant> urlVariants(FileObject file) {
        Set<UrlVariant> variants = EnumSet.noneOf(UrlVariant.class);
        for (String text : file.texts("urlVariants")) {
            for (UrlVariant variant : UrlVariant.values()) {
                if (variant.key().equals(text)) {
                    variants.add(variant);
                }
            }
        }
        if (variants.size() != file.texts("urlVariants").size()) {
            throw new IllegalArgumentException("urlVariants: known are as-received, without-port, default-port");
        }
        return variants.isEmpty() ? EnumSet.of(UrlVariant.AS_RECEIVED) : variants;
    }

    private static Set<String> contentTypes(FileObject file) {
        List<String> types = file.texts("contentTypes");
        if (!types.stream().allMatch(t -> t.matches("[a-z0-9.+-]+/[a-z0-9.+-]+"))) {
            throw new IllegalArgumentException(
                    "contentTypes: must be media types in lower case without parameters, application/json for instance");
        }
        return Set.copyOf(types);
    }

    private static BodyHash bodyHash(FileObject file) {
        Source source = Source.parse(file.requiredText("from"));
        boolean known = source.kind() == Source.Kind.QUERY
                && file.text("alg").orElse("sha256").equals("sha256")
                && file.text("encoding").orElse("hex").equals("hex");
        if (!known) {
            throw new IllegalArgumentException("bodyHash: only a lower case hex SHA-256 in the query is known");
        }
        return new BodyHash(source.name());
    }
}
