package org.verifiedwebhook.jpa;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.verifiedwebhook.secret.Settings;

/**
 * Where the embedded database keeps its file: the setting {@code webhook/h2/path} (the system property {@code
 * webhook.h2.path} for instance; a path without the ending {@code .mv.db}), else {@code verified-webhook/webhook} in
 * the server's instance directory (Payara) or data directory (WildFly), else {@code .verified-webhook/webhook} in the
 * user's home.
 */
record H2Location(Path path) {

    private static final String NAME = "webhook";

    static H2Location standard() {
        return of(Settings.standard().find("h2", "path"), System::getProperty);
    }

    static H2Location of(Optional<String> configured, UnaryOperator<String> properties) {
        Path path = configured.map(Path::of).orElseGet(() -> serverDirectory(properties)
                .map(dir -> dir.resolve("verified-webhook"))
                .orElseGet(() -> Path.of(properties.apply("user.home"), ".verified-webhook"))
                .resolve(NAME));
        if (path.toString().indexOf(';') >= 0) {
            throw new JpaConfigurationException("the path of the H2 database must not contain ';'");
        }
        return new H2Location(path.toAbsolutePath().normalize());
    }

    private static Optional<Path> serverDirectory(UnaryOperator<String> properties) {
        // Payara Micro runs in a temporary directory and deletes it when it stops: tenants would be lost.
        Optional<Path> temporary = directory(properties, "java.io.tmpdir");
        return directory(properties, "jboss.server.data.dir")
                .or(() -> directory(properties, "com.sun.aas.instanceRoot"))
                .filter(dir -> temporary.map(t -> !dir.startsWith(t)).orElse(true));
    }

    private static Optional<Path> directory(UnaryOperator<String> properties, String property) {
        return Optional.ofNullable(properties.apply(property))
                .map(text -> Path.of(text).toAbsolutePath().normalize());
    }

    Path directory() {
        return path.getParent();
    }

    /** Every commit is on disk before it returns, and the file is closed by the pool, not behind its back. */
    String url() {
        return "jdbc:h2:file:" + path + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }
}
