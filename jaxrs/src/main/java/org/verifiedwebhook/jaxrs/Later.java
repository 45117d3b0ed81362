package org.verifiedwebhook.jaxrs;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Recognises methods that answer later than they return, or run on another thread than they were called on. By names, for
 * most of them are of libraries that need not be there.
 */
final class Later {

    /** What a runtime waits for, with whatever extends it. */
    private static final Set<String> PROMISES = Set.of(
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.Flow$Publisher",
            "org.reactivestreams.Publisher",
            "io.smallrye.mutiny.Uni",
            "io.reactivex.rxjava3.core.SingleSource",
            "io.reactivex.rxjava3.core.MaybeSource",
            "io.reactivex.rxjava3.core.CompletableSource",
            "io.reactivex.rxjava3.core.ObservableSource",
            "io.reactivex.SingleSource",
            "io.reactivex.MaybeSource",
            "io.reactivex.CompletableSource",
            "io.reactivex.ObservableSource",
            "rx.Single",
            "rx.Completable",
            "rx.Observable");

    private static final Set<String> PARAMETERS = Set.of(
            "jakarta.ws.rs.container.AsyncResponse",
            "jakarta.ws.rs.sse.SseEventSink",
            "kotlin.coroutines.Continuation");

    /** On the method or its class. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous",
            "org.eclipse.microprofile.faulttolerance.Asynchronous",
            "org.glassfish.jersey.server.ManagedAsync");

    private Later() {}

    /** Whether {@code method} of {@code type} does, as far as its declaration shows. */
    static boolean answers(Class<?> type, Method method) {
        return Hierarchy.of(method.getReturnType()).stream().anyMatch(t -> PROMISES.contains(t.getName()))
                || Arrays.stream(method.getParameterTypes()).anyMatch(t -> PARAMETERS.contains(t.getName()))
                || Stream.concat(Hierarchy.of(type).stream(), Hierarchy.of(type, method).stream())
                        .anyMatch(Later::isMarked);
    }

    private static boolean isMarked(AnnotatedElement element) {
        return Arrays.stream(element.getDeclaredAnnotations())
                .anyMatch(a -> ANNOTATIONS.contains(a.annotationType().getName()));
    }
}
