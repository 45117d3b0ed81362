package org.verifiedwebhook.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.verifiedwebhook.run.ServerProcess;

/** One WildFly in a process of its own. Many run from one home; each keeps its files in its own directory. */
final class WildFlyProcess extends ServerProcess implements Operated {

    /** What {@code bin/common.sh} gives the server's JVM. */
    private static final List<String> OPENED = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private final Path home;
    private final int adminPort;
    private final int tlsPort;
    private final Path temporary;
    private final Path scanned;
    private final Map<String, Path> deployments;
    private final List<Operation> operations;
    private final Set<String> deployed = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    private WildFlyProcess(Path home, ServerPlan plan, Path scanned, List<Integer> ports, Process process)
            throws IOException {
        super(plan.directory(), ports.get(0), process);
        this.home = home;
        this.adminPort = ports.get(1);
        this.tlsPort = ports.get(2);
        this.temporary = temporaryIn(plan.directory());
        this.scanned = scanned;
        this.deployments = plan.deployments();
        this.operations = plan.operations();
    }

    /** Starts a server and returns at once; the applications are deployed when it is up. */
    static WildFlyProcess start(Path home, ServerPlan plan) throws IOException {
        deleteTemporary(plan.directory());
        Path base = temporaryIn(plan.directory()).resolve("standalone");
        Path scanned = Files.createDirectories(base.resolve("deployments"));
        configure(home.resolve("standalone/configuration"), Files.createDirectories(base.resolve("configuration")));
        List<Integer> ports = freePorts(3);
        ProcessBuilder server = new ProcessBuilder(command(home.toAbsolutePath(), base, ports, plan))
                .redirectErrorStream(true)
                .redirectOutput(logIn(plan.directory()).toFile());
        server.environment().putAll(plan.environment());
        return new WildFlyProcess(home.toAbsolutePath(), plan, scanned, ports, server.start());
    }

    private static void configure(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        Path configuration = to.resolve("standalone.xml");
        String xml = Files.readString(configuration);
        String often = xml.replace("scan-interval=\"5000\"", "scan-interval=\"200\"");
        if (often.equals(xml)) {
            throw new IOException("the deployment scanner of " + configuration + " is not as expected");
        }
        Files.writeString(configuration, often);
    }

    private static List<String> command(Path home, Path base, List<Integer> ports, ServerPlan plan) {
        List<String> command = new ArrayList<>(List.of(java(), "-D[Standalone]", "-Xmx768m"));
        command.addAll(plan.jvmOptions());
        command.addAll(OPENED);
        command.add("-Djava.net.preferIPv4Stack=true");
        command.add("-Dorg.jboss.logmanager.nocolor=true");
        command.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
        command.add("-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"));
        plan.systemProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        command.addAll(List.of("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"));
        command.add("-Djboss.home.dir=" + home);
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Djboss.bind.address=127.0.0.1");
        command.add("-Djboss.bind.address.management=127.0.0.1");
        command.add("-Djboss.http.port=" + ports.get(0));
        command.add("-Djboss.https.port=" + ports.get(2));
        command.add("-Djboss.management.http.port=" + ports.get(1));
        return command;
    }

    @Override
    public void awaitBoot(Duration limit) throws IOException, InterruptedException {
        await("to end its start", limit, () -> logText().contains("WFLYSRV0025"));
        for (Operation operation : operations) {
            operate(operation);
        }
        // One after the other: what fails takes no other along.
        for (Map.Entry<String, Path> deployment : deployments.entrySet()) {
            deploy(deployment.getKey(), deployment.getValue(), limit);
        }
    }

    @Override
    public String operate(Operation operation) throws IOException, InterruptedException {
        String command = home.resolve("bin/jboss-cli.sh") + " --connect --controller=127.0.0.1:" + adminPort;
        return operation.run(
                "wildfly",
                temporary,
                Map.of(
                        "JBOSS_CLI",
                        command,
                        "JBOSS_HOME",
                        home.toString(),
                        "JAVA",
                        java(),
                        "JAVA_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    private void deploy(String contextRoot, Path archive, Duration limit) throws IOException, InterruptedException {
        boolean ear = archive.toString().endsWith(".ear");
        // The name of a WAR is its context root; an EAR says it inside.
        String name = ear ? "application.ear" : (contextRoot.equals("/") ? "ROOT" : contextRoot.substring(1)) + ".war";
        Path copy = Files.copy(archive, scanned.resolveSibling(name));
        Files.move(copy, scanned.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Path worked = scanned.resolve(name + ".deployed");
        Path failed = scanned.resolve(name + ".failed");
        await("to deploy " + name, limit, () -> Files.exists(worked) || Files.exists(failed));
        if (Files.exists(worked)) {
            deployed.add(contextRoot);
        } else {
            faults.add(name + ": " + Files.readString(failed));
        }
    }

    @Override
    public Set<String> deployed() {
        return deployed;
    }

    @Override
    public List<String> deploymentFaults() {
        return faults;
    }
}
