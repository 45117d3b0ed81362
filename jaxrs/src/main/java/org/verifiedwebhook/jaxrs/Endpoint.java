package org.verifiedwebhook.jaxrs;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.sender.Assurance;

/**
 * A method that only verified requests may reach.
 *
 * @param type the resource class
 * @param method its method
 * @param kind what JAX-RS takes the method for
 * @param sender the sender's name
 * @param accept the weakest assurance it accepts
 * @param handleCopies whether copies are handled too
 */
record Endpoint(Class<?> type, Method method, Kind kind, String sender, Assurance accept, boolean handleCopies) {

    /** What JAX-RS takes a method for. */
    enum Kind {
        /** Handles requests. */
        RESOURCE_METHOD,
        /** Finds the object that handles them, before any request filter runs. */
        LOCATOR,
        /** Nothing. */
        OTHER
    }

    private static final ClassValue<Map<Method, Optional<Endpoint>>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<Method, Optional<Endpoint>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /** The endpoint that {@code method} of {@code type} is; empty if it is not annotated. */
    static Optional<Endpoint> of(Class<?> type, Method method) {
        return KNOWN.get(type).computeIfAbsent(method, m -> find(type, m));
    }

    private static Optional<Endpoint> find(Class<?> type, Method method) {
        List<Method> methods = Hierarchy.of(type, method);
        Kind kind = isCallable(method) ? kind(methods) : Kind.OTHER;
        Optional<VerifiedWebhook> found = methods.stream()
                .flatMap(m -> said(m.getAnnotations(), new HashSet<>()))
                .findFirst();
        // What a class says holds for its JAX-RS methods, not for its helpers.
        if (found.isEmpty() && kind != Kind.OTHER) {
            found = saidBy(type);
        }
        return found.map(a -> new Endpoint(type, method, kind, a.value(), a.accept(), a.handleCopies()));
    }

    /** What these annotations say, be it by way of one that the application made of ours, as of any stereotype. */
    private static Stream<VerifiedWebhook> said(Annotation[] annotations, Set<Class<?>> seen) {
        Stream<VerifiedWebhook> itself = Arrays.stream(annotations)
                .filter(VerifiedWebhook.class::isInstance)
                .map(VerifiedWebhook.class::cast);
        Stream<VerifiedWebhook> byOthers = Arrays.stream(annotations)
                .filter(a -> seen.add(a.annotationType()))
                .flatMap(a -> said(a.annotationType().getDeclaredAnnotations(), seen));
        return Stream.concat(itself, byOthers);
    }

    private static Optional<VerifiedWebhook> saidBy(Class<?> type) {
        return Hierarchy.of(type).stream()
                .flatMap(t -> said(t.getDeclaredAnnotations(), new HashSet<>()))
                .findFirst();
    }

    /** Whether the class, or what it inherits from, is annotated itself. */
    static boolean carries(Class<?> type) {
        return saidBy(type).isPresent();
    }

    /** Whether JAX-RS calls any endpoint of a class. */
    static boolean any(Class<?> type) {
        return in(type).stream().anyMatch(e -> e.kind() != Kind.OTHER);
    }

    /** The endpoints of a class, in a stable order; annotated methods that JAX-RS does not see are among them. */
    static List<Endpoint> in(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        Set<Method> overridden = new HashSet<>();
        for (Method m : type.getMethods()) {
            if (!m.isBridge() && isCallable(m)) {
                methods.add(m);
                overridden.addAll(Hierarchy.of(type, m));
            }
        }
        for (Class<?> c : Hierarchy.of(type)) {
            for (Method m : c.getDeclaredMethods()) {
                if (!m.isBridge() && !isCallable(m) && !overridden.contains(m)) {
                    methods.add(m);
                    overridden.addAll(Hierarchy.of(type, m));
                }
            }
        }
        return methods.stream()
                .sorted(Comparator.comparing(Method::toGenericString))
                .flatMap(m -> of(type, m).stream())
                .toList();
    }

    /** Whether JAX-RS looks at the method at all. */
    private static boolean isCallable(Method method) {
        return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /** What JAX-RS takes {@code method} of {@code type} for. */
    static Kind kind(Class<?> type, Method method) {
        return kind(Hierarchy.of(type, method));
    }

    private static Kind kind(List<Method> methods) {
        boolean path = false;
        for (Method m : methods) {
            for (Annotation a : m.getAnnotations()) {
                if (a.annotationType().isAnnotationPresent(HttpMethod.class)) {
                    return Kind.RESOURCE_METHOD;
                }
                path |= a instanceof Path;
            }
        }
        return path ? Kind.LOCATOR : Kind.OTHER;
    }

    /**
     * Whether the method may answer, or run, on another thread than its request, as far as that shows. One that does not
     * show it is refused each time it answers: its delivery's transaction is not on the thread that does.
     */
    boolean asynchronous() {
        return Later.answers(type, method);
    }

    /** Whether {@code delivery} is what it takes. */
    boolean accepts(WebhookDelivery delivery) {
        return delivery.sender().equals(sender) && delivery.assurance().compareTo(accept) <= 0;
    }

    /** The method's name for messages. */
    String where() {
        return type.getName() + "." + method.getName() + "()";
    }
}
