package org.verifiedwebhook.it;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final int MOST_STACKS = 6_000;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final Operation INSTALL =
            Operation.of("install.sh", BuildFiles.SAMPLE_EAR.toAbsolutePath().toString());

    private final ServerPlan plan;
    private volatile ServerProcess server;

    /** A node that is not started yet, with further classes in the sample. */
    SampleNode(String name, PostgreSqlProcess database, Class<?>... classes) {
        this(new ServerPlan(BuildFiles.newDirectory(name)), database);
        File war = plan.directory().resolve("sample.war").toFile();
        stallingSample().addClasses(classes).as(ZipExporter.class).exportTo(war, true);
        plan.deployments().put("/", war.toPath());
    }

    /** A node without the sample: {@link #boot} it and {@link #install} that. */
    static SampleNode empty(String name, PostgreSqlProcess database) {
        return new SampleNode(new ServerPlan(BuildFiles.newDirectory(name)), database);
    }

    private SampleNode(ServerPlan plan, PostgreSqlProcess database) {
        this.plan = plan;
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

    /** Sets a system property of its next start. */
    SampleNode systemProperty(String name, String value) {
        plan.systemProperties().put(name, value);
        return this;
    }

    /** Starts it and waits until the sample answers. */
    void start() throws IOException, InterruptedException {
        boot();
        server.awaitAnswer("ready", status -> status == 200, START_LIMIT);
    }

    /** Starts it, whatever it answers. */
    void boot() throws IOException, InterruptedException {
        server = Server.CURRENT.start(plan);
        server.awaitBoot(START_LIMIT);
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

    /** Installs the sample's EAR by the operator's script, or anew, and waits until it answers. */
    void install() throws IOException, InterruptedException {
        ((Operated) server).operate(INSTALL);
        server.awaitAnswer("ready", status -> status == 200, START_LIMIT);
    }

    /** What this command of {@code jcmd} says of each JVM of the server. */
    String diagnose(String command) throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        for (ProcessHandle process : server.processes()) {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            said.append(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            jcmd.waitFor();
        }
        return said.toString();
    }

    /** How many entries a directory of {@code /proc/PID} has, of all the server's processes together. */
    long entries(String directory) throws IOException {
        long entries = 0;
        for (ProcessHandle process : server.processes()) {
            try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(process.pid()), directory))) {
                entries += all.count();
            }
        }
        return entries;
    }

    /** The stacks of the threads that are in the application, the beginning of them. */
    String applicationThreads() throws IOException, InterruptedException {
        String stacks = Arrays.stream(diagnose("Thread.print").split("\n\n"))
                .filter(stack -> stack.contains("at org.verifiedwebhook."))
                .collect(Collectors.joining("\n"));
        return stacks.substring(0, Math.min(MOST_STACKS, stacks.length()));
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
