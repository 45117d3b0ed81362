package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where endpoints are, as far as their annotations tell; behind a locator they may be anywhere below it. */
final class EndpointPaths {

    /** A template's variable; its expression may have braces of its own, such as {@code [0-9]{4}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\{[^{}]*(?:\\{[^{}]*}[^{}]*)*}");

    private record Place(Optional<String> method, Pattern path, List<String> senders) {}

    private final List<Place> places = new ArrayList<>();

    /** @param types all classes that may be endpoints, or lead to one */
    EndpointPaths(Collection<Class<?>> types) {
        List<String> behindLocators = new ArrayList<>();
        for (Class<?> type : types) {
            for (Endpoint endpoint : Endpoint.in(type)) {
                Optional<String> template = template(endpoint);
                if (template.isPresent()) {
                    places.add(new Place(
                            verb(Hierarchy.of(type, endpoint.method())),
                            pattern(template.get(), ""),
                            List.of(endpoint.sender())));
                } else {
                    behindLocators.add(endpoint.sender());
                }
            }
        }
        if (!behindLocators.isEmpty()) {
            types.forEach(type -> addLocators(type, behindLocators));
        }
    }

    /** The template of an endpoint's path below its application's; empty if only a locator leads to it. */
    static Optional<String> template(Endpoint endpoint) {
        Optional<String> root = path(Hierarchy.of(endpoint.type()).stream().map(t -> t.getAnnotation(Path.class)));
        String path = path(Hierarchy.of(endpoint.type(), endpoint.method()).stream()
                        .map(m -> m.getAnnotation(Path.class)))
                .orElse("");
        return root.map(r -> ("/" + r + "/" + path).replaceAll("/+", "/").replaceAll("/$", ""));
    }

    private void addLocators(Class<?> type, List<String> senders) {
        Optional<String> root = path(Hierarchy.of(type).stream().map(t -> t.getAnnotation(Path.class)));
        for (Method method : type.getMethods()) {
            if (root.isPresent() && Endpoint.kind(type, method) == Endpoint.Kind.LOCATOR) {
                String path = path(Hierarchy.of(type, method).stream().map(m -> m.getAnnotation(Path.class)))
                        .orElse("");
                places.add(new Place(Optional.empty(), pattern(root.get() + "/" + path, "(/.*)?"), senders));
            }
        }
    }

    private static Optional<String> path(java.util.stream.Stream<Path> annotations) {
        return annotations.filter(java.util.Objects::nonNull).map(Path::value).findFirst();
    }

    private static Optional<String> verb(List<Method> methods) {
        return methods.stream()
                .flatMap(m -> List.of(m.getAnnotations()).stream())
                .map(Annotation::annotationType)
                .map(t -> t.getAnnotation(HttpMethod.class))
                .filter(java.util.Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static Pattern pattern(String template, String below) {
        StringBuilder regex = new StringBuilder();
        String path = ("/" + template).replaceAll("/+", "/").replaceAll("/$", "");
        Matcher variable = VARIABLE.matcher(path);
        int at = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(path.substring(at, variable.start())));
            regex.append(variable.group().contains(":") ? ".*" : "[^/]+");
            at = variable.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(path.substring(at))) + below + "/?");
    }

    /** The senders that a request may be of; none if no endpoint is there. */
    List<String> sendersAt(String method, String path) {
        return places.stream()
                .filter(p -> p.method().map(method::equals).orElse(true))
                .filter(p -> p.path().matcher(path).matches())
                .flatMap(p -> p.senders().stream())
                .distinct()
                .toList();
    }
}
