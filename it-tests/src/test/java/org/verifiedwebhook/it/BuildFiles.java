package org.verifiedwebhook.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has put at hand for the tests; Maven runs them in this module's directory. */
final class BuildFiles {

    static final Path TARGET = Path.of("target");
    static final Path SAMPLE_WAR = TARGET.resolve("verified-webhook-sample.war");
    static final Path SAMPLE_EAR = TARGET.resolve("verified-webhook.ear");
    static final Path LIBRARIES = TARGET.resolve("libraries");
    static final Path PAYARA_MICRO_JAR = TARGET.resolve("payara-micro/payara-micro.jar");
    static final Path WILDFLY_HOME = TARGET.resolve("wildfly").resolve(System.getProperty("it.wildfly", "unset"));
    static final Path PAYARA_HOME = TARGET.resolve("payara/payara6");

    private BuildFiles() {}

    /** A new, empty directory under the build directory. */
    static Path newDirectory(String prefix) {
        try {
            Path parent = Files.createDirectories(TARGET.resolve("work")).toAbsolutePath();
            return Files.createTempDirectory(parent, prefix + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
