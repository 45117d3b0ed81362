package org.verifiedwebhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.sender.Extractor;
import org.verifiedwebhook.sender.Source;

/** Looks up values in one request, which nobody has verified. Parses form and JSON at most once each. */
final class RequestValues {

    /** More elements than any sender signs with; a longer list only costs time. */
    private static final int MAX_ELEMENTS = 32;

    private final WebhookRequest request;
    private final JsonScan.Wanted wanted;
    private final java.util.function.UnaryOperator<String> placeholders;
    private Map<String, JsonScan.Found> json;
    private boolean jsonMalformed;
    private FormBody form;
    private FormBody query;

    /**
     * @param wanted every JSON pointer that will be asked for
     * @param placeholders fills configured values into prefixes
     */
    RequestValues(
            WebhookRequest request, JsonScan.Wanted wanted, java.util.function.UnaryOperator<String> placeholders) {
        this.request = request;
        this.wanted = wanted;
        this.placeholders = placeholders;
    }

    /** The occurrences of one value. */
    record Lookup(List<String> values, boolean malformed, boolean invalid) {
        static final Lookup NONE = new Lookup(List.of(), false, false);
        /** It stands in a body that cannot be read. */
        static final Lookup MALFORMED = new Lookup(List.of(), true, false);
        /** Something stands there that is no such value. */
        static final Lookup INVALID = new Lookup(List.of(), false, true);

        static Lookup of(List<String> values) {
            return values.isEmpty() ? NONE : new Lookup(values, false, false);
        }

        boolean present() {
            return invalid
                    || values.size() > 1
                    || values.size() == 1 && !values.get(0).isEmpty();
        }
    }

    WebhookRequest request() {
        return request;
    }

    Lookup lookup(Source source) {
        return switch (source.kind()) {
            case HEADER -> Lookup.of(request.header(source.name()));
            case QUERY -> Lookup.of(query().values(source.name()));
            case FORM -> request.isForm() ? Lookup.of(form().values(source.name())) : Lookup.NONE;
            case PATH -> segment(Integer.parseInt(source.name()));
            case JSON -> json(source.name());
        };
    }

    FormBody form() {
        if (form == null) {
            form = FormBody.parse(request.bytes());
        }
        return form;
    }

    FormBody query() {
        if (query == null) {
            query = FormBody.parse(request.query());
        }
        return query;
    }

    private Lookup segment(int number) {
        List<String> segments = new ArrayList<>(List.of(request.path().split("/", -1)));
        segments.remove(0);
        int index = number > 0 ? number - 1 : segments.size() + number;
        if (index < 0 || index >= segments.size()) {
            return Lookup.NONE;
        }
        String segment = segments.get(index);
        // In a path + is a plus; FormBody would make it a space. A matrix parameter is no part of a name.
        byte[] raw = ("=" + segment.replace("+", "%2B").replace("&", "%26")).getBytes(StandardCharsets.UTF_8);
        return segment.indexOf(';') >= 0
                ? Lookup.INVALID
                : Lookup.of(FormBody.parse(raw).values(""));
    }

    private Lookup json(String pointer) {
        if (json == null && !jsonMalformed) {
            try {
                json = JsonScan.scan(request.bytes(), wanted);
            } catch (JsonScan.MalformedException e) {
                jsonMalformed = true;
            }
        }
        if (jsonMalformed) {
            return Lookup.MALFORMED;
        }
        JsonScan.Found found = json.get(pointer);
        if (found == null || found.kind() == JsonScan.Found.Kind.NULL) {
            return Lookup.NONE;
        }
        return switch (found.kind()) {
            case TEXT, NUMBER -> Lookup.of(List.of(found.text()));
            default -> Lookup.INVALID;
        };
    }

    /** Whether what stands at a JSON source is a number, where others have texts only. */
    boolean isNumber(Source source) {
        return source.kind() == Source.Kind.JSON
                && json != null
                && json.get(source.name()) != null
                && json.get(source.name()).kind() == JsonScan.Found.Kind.NUMBER;
    }

    /** The first of the extractor's sources that is present. */
    Optional<Source> presentSource(Extractor extractor) {
        return extractor.from().stream().filter(s -> lookup(s).present()).findFirst();
    }

    /** The elements of an extractor; empty if nothing stands there, or nothing of that form. */
    List<String> elements(Extractor extractor) {
        Optional<Source> source = presentSource(extractor);
        if (source.isEmpty()) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (String value : lookup(source.get()).values()) {
            if (extractor.separator().isEmpty()) {
                strip(value, extractor).ifPresent(elements::add);
            } else {
                for (String element : split(value, extractor.separator().get())) {
                    strip(element.trim(), extractor).ifPresent(elements::add);
                }
            }
        }
        return elements.size() > MAX_ELEMENTS ? List.of() : elements;
    }

    private static List<String> split(String value, String separator) {
        return List.of(value.split(java.util.regex.Pattern.quote(separator), -1));
    }

    private Optional<String> strip(String element, Extractor extractor) {
        for (String template : extractor.prefixes()) {
            String prefix = placeholders.apply(template);
            if (element.startsWith(prefix)) {
                return Optional.of(element.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    /** The one value of an extractor; empty if there is none, or more than one. */
    Optional<String> single(Extractor extractor) {
        Optional<Source> source = presentSource(extractor);
        if (source.isEmpty() || lookup(source.get()).values().size() != 1) {
            return Optional.empty();
        }
        List<String> elements = elements(extractor);
        return elements.size() == 1 && !elements.get(0).isEmpty() ? Optional.of(elements.get(0)) : Optional.empty();
    }
}
