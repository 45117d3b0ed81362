package org.verifiedwebhook.embedded;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.parsson.JsonProviderImpl;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.embedded.app.ContractServlet;

/** An unpacked web application with the libraries that a plain servlet container needs beside the filter. */
final class Webapp {

    private Webapp() {}

    private static Path write(Path directory, WebXml webXml) throws IOException {
        Path inf = Files.createDirectories(directory.resolve("WEB-INF"));
        Files.writeString(inf.resolve("web.xml"), webXml.toString());
        Path classes = inf.resolve("classes");
        copy(home(WebhookGate.class), classes);
        copy(
                home(ContractServlet.class).resolve(packagePath(ContractServlet.class)),
                classes.resolve(packagePath(ContractServlet.class)));
        Path libraries = Files.createDirectories(inf.resolve("lib"));
        for (Class<?> type : List.of(JsonProviderImpl.class, Json.class, Caffeine.class, Bucket.class)) {
            Path jar = home(type);
            Files.copy(jar, libraries.resolve(jar.getFileName()));
        }
        return directory;
    }

    /** Starts a server with this one application, each start in a directory of its own. */
    static URI start(EmbeddedServer server, Path directory, WebXml webXml) throws Exception {
        Path home = Files.createTempDirectory(directory, "server");
        return server.start(write(home.resolve("root"), webXml), Files.createDirectories(home.resolve("work")));
    }

    /** The application of the contracts, but for its filters. */
    static WebXml contract() {
        return new WebXml()
                .servlet(ContractServlet.class, "/hooks/*", "/inner/*", "/limited/*", "/runs", "/held")
                .envEntry("webhook/zorio/secret", ZorioCall.SECRET);
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String packagePath(Class<?> type) {
        return type.getPackageName().replace('.', '/');
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** A server's class loader: the container without what these tests bring along for themselves. */
    static final class ServerLoader extends ClassLoader {

        private static final List<String> CONTAINER = List.of(
                "java.",
                "javax.",
                "jdk.",
                "sun.",
                "com.sun.",
                "jakarta.servlet.",
                "org.apache.",
                "org.eclipse.jetty.",
                "org.slf4j.");

        ServerLoader() {
            super(Webapp.class.getClassLoader());
        }

        private static boolean isContainers(String name) {
            String dotted = name.replace('/', '.');
            return name.equals("jndi.properties") || CONTAINER.stream().anyMatch(dotted::startsWith);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!isContainers(name)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public URL getResource(String name) {
            return isContainers(name) ? super.getResource(name) : null;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return isContainers(name) ? super.getResources(name) : Collections.emptyEnumeration();
        }
    }
}
