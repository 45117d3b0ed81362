package org.verifiedwebhook.it;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.verifiedwebhook.it.stall.Stalling;
import org.verifiedwebhook.run.ServerProcess;

/** One server with the sample on a database, to be killed and started again. */
final class SampleNode implements AutoCloseable {

    /** After this long a claim of a node that died is granted again. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final ServerPlan plan;
    private volatile ServerProcess server;

    /** A node that is not started yet, with further classes in the sample. */
    SampleNode(String name, PostgreSqlProcess database, Class<?>... classes) {
        plan = new ServerPlan(BuildFiles.newDirectory(name));
        File war = plan.directory().resolve("sample.war").toFile();
        stallingSample().addClasses(classes).as(ZipExporter.class).exportTo(war, true);
        plan.deployments().put("/", war.toPath());
        plan.systemProperties().put("webhook.demo", "true");
        plan.systemProperties().put("webhook.lease", LEASE.toString());
        plan.systemProperties().put("webhook.inbox.lease", LEASE.toString());
        plan.systemProperties().put("webhook.jpa.key", Base64.getEncoder().encodeToString(new byte[32]));
        plan.systemProperties().putAll(database.settings());
    }

    /** The sample as it is, and before everything a filter that stalls an answer when a test asks for it. */
    private static WebArchive stallingSample() {
        JavaArchive stalling = ShrinkWrap.create(JavaArchive.class, "stalling.jar")
                .addPackage(Stalling.class.getPackage())
                .addAsServiceProvider("jakarta.servlet.ServletContainerInitializer", Stalling.class.getName());
        return Deployments.sampleWar().addAsLibrary(stalling);
    }

    /** Sets environment variables of its next start. */
    SampleNode environment(Map<String, String> variables) {
        plan.environment().putAll(variables);
        return this;
    }

    /** Starts it and waits until the sample answers. */
    void start() throws IOException, InterruptedException {
        server = Server.CURRENT.start(plan);
        server.awaitBoot(START_LIMIT);
        server.awaitAnswer("ready", status -> status == 200, START_LIMIT);
    }

    /** Kills it, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        server.kill();
        server.close();
    }

    void pause() throws IOException, InterruptedException {
        server.pause();
    }

    void resume() throws IOException, InterruptedException {
        server.resume();
    }

    URI uri(String path) {
        return server.uri().resolve(path);
    }

    String log() throws IOException {
        return server.logText();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
