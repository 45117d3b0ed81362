package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may answer on another thread is recognised by its declaration. */
class LaterTest {

    public static final class OwnStage<T> extends CompletableFuture<T> {}

    public interface OwnPublisher<T> extends Flow.Publisher<T> {}

    public static class Asynchronous {
        @POST
        public CompletionStage<String> stage() {
            return null;
        }

        @POST
        public OwnStage<String> ownStage() {
            return null;
        }

        @POST
        public Future<String> future() {
            return null;
        }

        @POST
        public Flow.Publisher<String> publisher() {
            return null;
        }

        @POST
        public OwnPublisher<String> ownPublisher() {
            return null;
        }

        @POST
        public void response(AsyncResponse response) {}

        @POST
        public void events(SseEventSink sink) {}
    }

    /** It has what a promise has, and is none. */
    public static class Newsletter {
        public void subscribe(String reader) {}
    }

    public static class Synchronous {
        @POST
        public void nothing() {}

        @POST
        public Response response(String body) {
            return null;
        }

        @POST
        public Newsletter entity() {
            return null;
        }

        @POST
        public byte[] bytes() {
            return null;
        }
    }

    private static List<Boolean> answers(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> !m.isSynthetic())
                .map(m -> Later.answers(type, m))
                .distinct()
                .toList();
    }

    @Test
    void promisesOfThePlatform_areRecognised() {
        assertEquals(List.of(true), answers(Asynchronous.class));
    }

    @Test
    void whatIsAnsweredAtOnce_isNot() {
        assertEquals(List.of(false), answers(Synchronous.class));
    }

    /** As these libraries declare them; their jars are not here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.reactivestreams | public interface Publisher<T> {} | Publisher<String> | true",
                "io.smallrye.mutiny | public interface Uni<T> {} | Uni<String> | true",
                "io.reactivex.rxjava3.core | public abstract class Single<T> implements SingleSource<T> {} interface"
                        + " SingleSource<T> {} | Single<String> | true",
                "io.reactivex.rxjava3.core | public abstract class Maybe<T> implements MaybeSource<T> {} interface"
                        + " MaybeSource<T> {} | Maybe<String> | true",
                "io.reactivex | public abstract class Completable implements CompletableSource {} interface"
                        + " CompletableSource {} | Completable | true",
                "rx | public class Observable<T> {} | Observable<String> | true",
                "com.example | public interface Uni<T> {} | Uni<String> | false"
            })
    void promisesOfLibraries_areRecognised(
            String place, String declaration, String returned, boolean expected, @TempDir Path directory)
            throws Exception {
        String name = returned.replaceAll("<.*", "");
        write(directory, place, name, declaration);
        write(
                directory,
                "app",
                "Hook",
                "import " + place + "." + name + "; public interface Hook { " + returned + " hook(); }");
        assertEquals(List.of(expected), compiled(directory, place + "." + name));
    }

    @ParameterizedTest
    @CsvSource({
        "jakarta.ejb.Asynchronous, true",
        "jakarta.enterprise.concurrent.Asynchronous, true",
        "org.eclipse.microprofile.faulttolerance.Asynchronous, true",
        "org.glassfish.jersey.server.ManagedAsync, true",
        "com.example.Asynchronous, false"
    })
    void methodsAndClassesThatRunElsewhere_areRecognised(String annotation, boolean expected, @TempDir Path directory)
            throws Exception {
        int dot = annotation.lastIndexOf('.');
        String name = annotation.substring(dot + 1);
        write(
                directory,
                annotation.substring(0, dot),
                name,
                "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) public @interface "
                        + name + " {}");
        write(directory, "app", "Hook", "public interface Hook { @" + annotation + " void hook(); }");
        assertEquals(List.of(expected), compiled(directory, annotation));
        write(directory, "app", "Hook", "@" + annotation + " public interface Hook { void hook(); }");
        assertEquals(List.of(expected), compiled(directory, annotation));
    }

    private static void write(Path directory, String place, String name, String declaration) throws IOException {
        Path file = directory.resolve(place.replace('.', '/')).resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package " + place + "; " + declaration);
    }

    private static List<Boolean> compiled(Path directory, String other) throws Exception {
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        directory.resolve("app/Hook.java").toString(),
                        directory.resolve(other.replace('.', '/') + ".java").toString());
        assertEquals(0, errors);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return answers(loader.loadClass("app.Hook"));
        }
    }
}
