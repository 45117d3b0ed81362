package org.verifiedwebhook.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.verifiedwebhook.run.PayaraMicroProcess;

/**
 * Several WARs on one Payara Micro for all tests of a class, which call them from outside.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PayaraMicroExtension SERVER = new PayaraMicroExtension(DiscoveryIT.class)
 *         .deploy("/scanned", Deployments.war("scanned").addClasses(ScanningApplication.class, Hook.class))
 *         .deploy("/listed", Deployments.war("listed").addClasses(ListingApplication.class, Hook.class))
 *         .deployFailing("/misspelt", Deployments.war("misspelt").addClass(HookOfUnknownSender.class));
 * }</pre>
 *
 * <p>The class fails before its first test if a WAR is not deployed, or one that should fail is.
 */
final class PayaraMicroExtension implements BeforeAllCallback, AfterAllCallback {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Path directory;
    private final PayaraMicroProcess.Builder builder;
    private final Set<String> expected = new TreeSet<>();
    private PayaraMicroProcess server;

    /** A server whose log is found in {@code target/work}, under the name of the tests. */
    PayaraMicroExtension(Class<?> tests) {
        directory = BuildFiles.newDirectory(tests.getSimpleName());
        builder = PayaraMicroProcess.builder(BuildFiles.PAYARA_MICRO_JAR, directory);
    }

    /** Deploys a WAR, at {@code "/"} or at a name after a slash. */
    PayaraMicroExtension deploy(String contextRoot, WebArchive war) {
        expected.add(contextRoot);
        return deployFailing(contextRoot, war);
    }

    /** Deploys a WAR that the server has to refuse; {@link #log} tells what it said. The other WARs do not mind. */
    PayaraMicroExtension deployFailing(String contextRoot, WebArchive war) {
        Path file = directory.resolve("war" + contextRoot.replace('/', '-') + ".war");
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        builder.deploy(contextRoot, file);
        return this;
    }

    /** Changes anything else: system properties, environment, commands such as {@code create-custom-resource ...}. */
    PayaraMicroExtension with(Consumer<PayaraMicroProcess.Builder> change) {
        change.accept(builder);
        return this;
    }

    /** Where something is on this server, for example {@code "scanned/hooks/zorio"}. */
    URI uri(String path) {
        return server.uri().resolve(path);
    }

    /** What the server has printed so far. */
    String log() {
        try {
            return server.logText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        server = builder.start();
        server.awaitBoot(START_LIMIT);
        Set<String> deployed = server.deployed();
        if (!deployed.equals(expected)) {
            server.close();
            throw new IllegalStateException("deployed are " + deployed + ", not " + expected + ": "
                    + server.deploymentFaults() + " See " + server.log());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }
}
