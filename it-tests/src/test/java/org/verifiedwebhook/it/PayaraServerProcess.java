package org.verifiedwebhook.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.verifiedwebhook.run.ServerProcess;

/** One Payara Server in a process of its own, with a domain of its own, deployed to as operators do: by asadmin. */
final class PayaraServerProcess extends ServerProcess implements Operated {

    private final Path asadmin;
    private final Path temporary;
    private final int adminPort;
    private final int tlsPort;
    private final Map<String, Path> deployments;
    private final List<Operation> operations;
    private final Set<String> deployed = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    private PayaraServerProcess(Path asadmin, ServerPlan plan, List<Integer> ports, Process process)
            throws IOException {
        super(plan.directory(), ports.get(0), process);
        this.asadmin = asadmin;
        this.temporary = temporaryIn(plan.directory());
        this.adminPort = ports.get(1);
        this.tlsPort = ports.get(2);
        this.deployments = plan.deployments();
        this.operations = plan.operations();
    }

    /** Starts a server and returns at once; the applications are deployed when it is up. */
    static PayaraServerProcess start(Path home, ServerPlan plan) throws IOException {
        deleteTemporary(plan.directory());
        Path domains = Files.createDirectories(temporaryIn(plan.directory()).resolve("domains"));
        List<Integer> ports = freePorts(7);
        PayaraDomain.make(home.toAbsolutePath(), domains, PayaraDomain.NAME, ports, plan.systemProperties());
        Path asadmin = home.toAbsolutePath().resolve("glassfish/lib/client/appserver-cli.jar");
        // Verbose: it stays beside the server, and hands on what the server prints.
        List<String> command = List.of(
                java(),
                "-jar",
                asadmin.toString(),
                "start-domain",
                "--verbose",
                "--domaindir",
                domains.toString(),
                PayaraDomain.NAME);
        ProcessBuilder server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logIn(plan.directory()).toFile());
        server.environment().putAll(plan.environment());
        return new PayaraServerProcess(asadmin, plan, ports, server.start());
    }

    @Override
    public void awaitBoot(Duration limit) throws IOException, InterruptedException {
        await("to end its start", limit, () -> logText().contains("startup time"));
        for (Operation operation : operations) {
            operate(operation);
        }
        Path commands = temporary.resolve("deploy.txt");
        List<String> contextRoots = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        deployments.forEach((contextRoot, archive) -> {
            contextRoots.add(contextRoot);
            lines.add(deployCommand(contextRoot, archive));
        });
        Files.write(commands, lines);
        Path answers = temporary.resolve("deployed.txt");
        Process asking = new ProcessBuilder(
                        java(),
                        "-jar",
                        asadmin.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(adminPort),
                        "--interactive=false",
                        "multimode",
                        "--file",
                        commands.toString())
                .redirectErrorStream(true)
                .redirectOutput(answers.toFile())
                .start();
        try {
            await("to deploy", limit, () -> !asking.isAlive());
        } finally {
            asking.destroyForcibly();
        }
        List<String> results = Files.readAllLines(answers).stream()
                .filter(line -> line.startsWith("Command deploy "))
                .toList();
        if (results.size() != contextRoots.size()) {
            close();
            throw new IOException("asadmin said " + Files.readString(answers));
        }
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).contains("executed successfully")) {
                deployed.add(contextRoots.get(i));
            } else {
                faults.add(contextRoots.get(i) + ": " + results.get(i));
            }
        }
    }

    @Override
    public String operate(Operation operation) throws IOException, InterruptedException {
        String command = java() + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar " + asadmin
                + " --host 127.0.0.1 --port " + adminPort;
        String domain = "--domaindir " + temporary.resolve("domains") + " " + PayaraDomain.NAME;
        return operation.run("payara-server", temporary, Map.of("ASADMIN", command, "DOMAIN", domain));
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    private static String deployCommand(String contextRoot, Path archive) {
        // An EAR has its context roots inside.
        String where = archive.toString().endsWith(".ear")
                ? ""
                : "--contextroot %s --name %s "
                        .formatted(contextRoot, contextRoot.equals("/") ? "ROOT" : contextRoot.substring(1));
        return "deploy " + where + archive;
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
