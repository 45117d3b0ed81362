package org.verifiedwebhook.sender;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads sender files. The format is described in {@code docs/sender-files.md}. */
final class SenderFile {

    // Of a member that stands twice, the one that a person reads first would be ignored.
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private SenderFile() {}

    static Sender read(String name, String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            return new FileObject("", object).read(file -> sender(name, file));
        } catch (JsonException e) {
            throw new SenderFileException(name + ".json", "is not JSON: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new SenderFileException(name + ".json", e.getMessage(), e);
        }
    }

    private static Sender sender(String name, FileObject file) {
        file.text("name").filter(n -> !n.equals(name)).ifPresent(n -> {
            throw new IllegalArgumentException("name: is '" + n + "', but the file is called " + name + ".json");
        });
        Sender.Draft draft = new Sender.Draft();
        draft.name = name;
        draft.title = file.text("title").orElse(name);
        draft.schemes =
                file.has("schemes") ? file.objects("schemes", SchemeFile::scheme) : List.of(SchemeFile.scheme(file));
        draft.tenant = file.object("tenant").map(t -> t.read(SenderFile::tenant));
        draft.id = file.object("id").map(e -> e.read(SchemeFile::extractor));
        draft.event = file.object("event").map(e -> e.read(SchemeFile::extractor));
        draft.challenges = file.objects("challenges", ChallengeFile::challenge);
        draft.dedupe = file.choice("dedupe", Dedupe.values(), d -> d.name().toLowerCase(Locale.ROOT))
                .orElse(Dedupe.SIGNATURE);
        draft.answers = AnswersFile.read(file.object("answers"));
        if (draft.schemes.stream().anyMatch(IdentifierScheme.class::isInstance)) {
            // Nothing is signed, so a known tenant shows by the answer anyway.
            draft.answers = draft.answers.revealing();
        }
        draft.limits =
                file.object("limits").map(l -> l.read(SenderFile::limits)).orElse(Limits.DEFAULT);
        draft.secretAdvice =
                file.object("secret").map(s -> s.read(SenderFile::advice)).orElse(SecretAdvice.DEFAULT);
        if (draft.dedupe == Dedupe.SIGNATURE && draft.schemes.stream().noneMatch(SignatureScheme.class::isInstance)) {
            draft.dedupe = file.has("dedupe") ? Dedupe.SIGNATURE : Dedupe.NONE;
        }
        if (draft.schemes.stream().anyMatch(IdentifierScheme.class::isInstance)) {
            // There is no signature whose failure an unknown tenant could hide behind.
            draft.answers = draft.answers.revealing();
        }
        return draft.build();
    }

    private static TenantRule tenant(FileObject file) {
        boolean shared = file.flag("shared");
        return new TenantRule(
                file.has("claims") ? file.objects("claims", SenderFile::claim) : List.of(claim(file)), shared);
    }

    private static TenantRule.Claim claim(FileObject file) {
        return new TenantRule.Claim(
                file.text("name").orElse("tenant"),
                SchemeFile.sources(file),
                file.text("keep").orElse(""),
                !file.flag("optional"));
    }

    private static Limits limits(FileObject file) {
        return new Limits(
                file.number("maxBody").orElse(Limits.DEFAULT.maxBody()),
                file.duration("answerWithin"),
                file.duration("retention").orElse(Limits.DEFAULT.retention()),
                file.text("rate").map(Rate::parse));
    }

    private static SecretAdvice advice(FileObject file) {
        return new SecretAdvice(
                file.number("length").orElse(SecretAdvice.DEFAULT.length()), file.duration("rotateAfter"));
    }
}
