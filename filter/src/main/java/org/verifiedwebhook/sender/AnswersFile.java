package org.verifiedwebhook.sender;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the answers part of a sender file and works it out for every reason. */
final class AnswersFile {

    private static final String PROBLEM_TYPE = "application/problem+json";
    private static final String PROBLEM_BODY = "{\"type\":\"about:blank\",\"title\":\"{message}\",\"status\":{status}}";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private AnswersFile() {}

    static AnswerRules read(Optional<FileObject> file) {
        return file.map(f -> f.read(AnswersFile::rules)).orElseGet(() -> defaults("", ""));
    }

    private static AnswerRules defaults(String type, String body) {
        return rules(type, body, Map.of(), Optional.empty(), Acknowledgement.DEFAULT, RETRY_AFTER);
    }

    private static AnswerRules rules(FileObject file) {
        String type = file.text("type").orElse("");
        String body = file.text("body").orElse("");
        if (type.isEmpty() != body.isEmpty()) {
            throw new IllegalArgumentException("type and body belong together: give both or neither");
        }
        Map<String, FileObject> reasons =
                new HashMap<>(file.object("reasons").map(FileObject::objectMap).orElse(Map.of()));
        Optional<AnswerTemplate> duplicate = file.object("duplicate").map(d -> d.read(AnswersFile::literal));
        Acknowledgement accepted =
                file.object("accepted").map(a -> a.read(AnswersFile::accepted)).orElse(Acknowledgement.DEFAULT);
        AnswerRules rules = rules(
                type,
                body,
                reasons,
                duplicate,
                accepted,
                file.duration("retryAfter").orElse(RETRY_AFTER));
        if (!reasons.isEmpty()) {
            throw new IllegalArgumentException("reasons: unknown are " + reasons.keySet());
        }
        return rules;
    }

    /** Takes from {@code reasons} what it knows. */
    private static AnswerRules rules(
            String type,
            String body,
            Map<String, FileObject> reasons,
            Optional<AnswerTemplate> duplicate,
            Acknowledgement accepted,
            Duration retryAfter) {
        Map<Reason, AnswerTemplate> templates = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            FileObject own = reasons.isEmpty() ? null : reasons.remove(reason.key());
            templates.put(
                    reason,
                    own == null ? template(reason, type, body) : own.read(o -> template(reason, type, body, o)));
        }
        AnswerTemplate unknownTenant = templates.get(Reason.TENANT_UNKNOWN);
        // One answer for a wrong signature, an unknown tenant and a tenant without a secret: no list of tenants to
        // steal.
        templates.put(Reason.TENANT_UNKNOWN, templates.get(Reason.SIGNATURE_MISMATCH));
        templates.put(Reason.SECRET_MISSING, templates.get(Reason.SIGNATURE_MISMATCH));
        return new AnswerRules(templates, unknownTenant, duplicate, accepted, retryAfter);
    }

    private static AnswerTemplate template(Reason reason, String type, String body) {
        return render(reason.status(), reason.message(), type, body);
    }

    private static AnswerTemplate template(Reason reason, String type, String body, FileObject own) {
        int status = own.number("status").orElse(reason.status());
        checkStatus(reason, status);
        return render(
                status,
                own.text("message").orElse(reason.message()),
                own.text("type").orElse(type),
                own.text("body").orElse(body));
    }

    /** A failure of ours must not look like success or like the sender's fault, or its event is lost; nor the reverse. */
    private static void checkStatus(Reason reason, int status) {
        if (reason == Reason.RATE_LIMITED) {
            check(status == 429 || status == 503, "429 or 503, so that the sender comes again");
        } else if (reason.ours()) {
            check(status == 503, "503, so that the sender comes again: the failure is ours");
        } else {
            check(status >= 400 && status <= 499, "400 to 499: the request is refused");
        }
    }

    private static void check(boolean allowed, String wanted) {
        if (!allowed) {
            throw new IllegalArgumentException("status: must be " + wanted);
        }
    }

    private static AnswerTemplate literal(FileObject file) {
        return new AnswerTemplate(
                file.number("status").orElse(200), file.requiredText("type"), file.requiredText("body"));
    }

    private static Acknowledgement accepted(FileObject file) {
        AnswerTemplate plain = literal(file);
        return new Acknowledgement(plain, file.text("bodyWithId"));
    }

    private static AnswerTemplate render(int status, String message, String type, String body) {
        String mediaType = type.isEmpty() ? PROBLEM_TYPE : type;
        String text = (body.isEmpty() ? PROBLEM_BODY : body)
                .replace("{status}", Integer.toString(status))
                .replace("{message}", escape(message, mediaType));
        return new AnswerTemplate(status, mediaType, text);
    }

    /** Text fit to stand in a body of that type. */
    static String escape(String message, String type) {
        if (type.contains("json")) {
            return message.replace("\\", "\\\\").replace("\"", "\\\"");
        }
        if (type.contains("xml") || type.contains("html")) {
            return message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
        return message;
    }
}
