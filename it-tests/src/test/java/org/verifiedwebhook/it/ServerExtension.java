package org.verifiedwebhook.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.verifiedwebhook.run.ServerProcess;

/**
 * Several applications on one server for all tests of a class, which call them from outside. Which server, the build
 * says: {@link Server#CURRENT}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ServerExtension SERVER = new ServerExtension(DiscoveryIT.class)
 *         .deploy("/scanned", Deployments.war("scanned").addClasses(ScanningApplication.class, Hook.class))
 *         .deploy("/listed", Deployments.war("listed").addClasses(ListingApplication.class, Hook.class))
 *         .deployFailing("/misspelt", Deployments.war("misspelt").addClass(HookOfUnknownSender.class));
 * }</pre>
 *
 * <p>The class fails before its first test if an application is not deployed, or one that should fail is.
 */
final class ServerExtension implements BeforeAllCallback, AfterAllCallback {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final ServerPlan plan;
    private final Set<String> expected = new TreeSet<>();
    private ServerProcess server;
    private boolean shared;

    /** A server whose log is found in {@code target/work}, under the name of the tests. */
    ServerExtension(Class<?> tests) {
        plan = new ServerPlan(BuildFiles.newDirectory(tests.getSimpleName()));
    }

    /** Deploys a WAR or an EAR, at {@code "/"} or at a name after a slash; an EAR's own context root has to agree. */
    ServerExtension deploy(String contextRoot, Archive<?> application) {
        expected.add(contextRoot);
        return deployFailing(contextRoot, application);
    }

    /** Deploys what the server has to refuse; {@link #log} tells what it said. The others do not mind. */
    ServerExtension deployFailing(String contextRoot, Archive<?> application) {
        String name = application.getName();
        String ending = name.substring(name.lastIndexOf('.'));
        Path file = plan.directory().resolve("application" + contextRoot.replace('/', '-') + ending);
        application.as(ZipExporter.class).exportTo(file.toFile(), true);
        plan.deployments().put(contextRoot, file);
        return this;
    }

    /** Lets it run on for other classes that register it, to the end of all tests. */
    ServerExtension shared() {
        shared = true;
        return this;
    }

    /** Sets a system property of the server. */
    ServerExtension systemProperty(String name, String value) {
        plan.systemProperties().put(name, value);
        return this;
    }

    /** Sets system properties of the server. */
    ServerExtension systemProperties(Map<String, String> properties) {
        plan.systemProperties().putAll(properties);
        return this;
    }

    /** Sets an environment variable of the server. */
    ServerExtension environment(String name, String value) {
        plan.environment().put(name, value);
        return this;
    }

    /** Has its operator do something before the applications are deployed. */
    ServerExtension operation(Operation operation) {
        plan.operations().add(operation);
        return this;
    }

    /** Has its operator do something now. */
    String operate(Operation operation) throws IOException, InterruptedException {
        return ((Operated) server).operate(operation);
    }

    /** Where it answers HTTPS. */
    int tlsPort() {
        return ((Operated) server).tlsPort();
    }

    /** Gives the server a heap of that size, where it is started as a plain JVM: {@code 512m}. */
    ServerExtension heap(String size) {
        plan.jvmOptions().add("-Xmx" + size);
        return this;
    }

    /** Stops it, and starts it as it is described by then, in a new process. */
    void startAgain() throws IOException, InterruptedException {
        server.close();
        start();
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
        if (server != null) {
            return;
        }
        start();
        if (shared) {
            context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(this, (AutoCloseable) server::close);
        }
    }

    private void start() throws IOException, InterruptedException {
        server = Server.CURRENT.start(plan);
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
        if (server != null && !shared) {
            server.close();
        }
    }
}
