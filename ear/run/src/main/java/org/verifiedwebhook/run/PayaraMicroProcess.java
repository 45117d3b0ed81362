package org.verifiedwebhook.run;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One Payara Micro in a process of its own.
 *
 * <p>Payara Micro says "ready" even when an application failed. So started is not deployed: ask the application, with
 * {@link #awaitAnswer}.
 */
public final class PayaraMicroProcess extends ServerProcess {

    private static final Pattern CONTEXT_ROOT = Pattern.compile("\"Context Root\": \"(.*?)\"");
    private static final String DEPLOYMENT_FAULT = "Boot Command deploy failed";

    private PayaraMicroProcess(Path directory, int port, Process process) throws IOException {
        super(directory, port, process);
    }

    /**
     * Describes a server.
     *
     * @param microJar the Payara Micro distribution
     * @param directory where it keeps its files; made if it is not there
     */
    public static Builder builder(Path microJar, Path directory) {
        return new Builder(microJar, directory);
    }

    @Override
    public void awaitBoot(Duration limit) throws IOException, InterruptedException {
        await("to end its start", limit, () -> logText().contains(" ready in "));
    }

    @Override
    public Set<String> deployed() throws IOException {
        String log = logText();
        Matcher named = CONTEXT_ROOT.matcher(log.substring(Math.max(0, log.lastIndexOf("Instance Configuration"))));
        return named.results().map(result -> result.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<String> deploymentFaults() throws IOException {
        return logText().lines().filter(line -> line.contains(DEPLOYMENT_FAULT)).toList();
    }

    /** What to start; each method returns this builder. */
    public static final class Builder {

        private final Path microJar;
        private final Path directory;
        private final Map<String, Path> wars = new LinkedHashMap<>();
        private final List<String> jvmOptions = new ArrayList<>(List.of("-Xmx512m"));
        private final List<String> preBootCommands = new ArrayList<>();
        private final List<String> postBootCommands = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private int port;

        private Builder(Path microJar, Path directory) {
            this.microJar = microJar.toAbsolutePath();
            this.directory = directory.toAbsolutePath();
        }

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** An option of the server's JVM, for example {@code -Xmx1g}. */
        public Builder jvmOption(String option) {
            jvmOptions.add(option);
            return this;
        }

        /** A system property of the server's JVM. */
        public Builder systemProperty(String name, String value) {
            return jvmOption("-D" + name + "=" + value);
        }

        /** An environment variable of the server. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** An asadmin command to run before the server is up, a password alias for example; a failing one is only logged. */
        public Builder preBootCommand(String command) {
            preBootCommands.add(command);
            return this;
        }

        /** An asadmin command to run before the deployments; a failing one is only logged by the server. */
        public Builder postBootCommand(String command) {
            postBootCommands.add(command);
            return this;
        }

        /**
         * A WAR to deploy.
         *
         * @param contextRoot {@code "/"}, or a name after a slash
         */
        public Builder deploy(String contextRoot, Path war) {
            if (!contextRoot.startsWith("/") || contextRoot.indexOf('/', 1) >= 0) {
                throw new IllegalArgumentException("not a slash and a name: " + contextRoot);
            }
            wars.put(contextRoot, war);
            return this;
        }

        /**
         * Starts the server and returns at once.
         *
         * @throws BindException if the port is taken
         */
        public PayaraMicroProcess start() throws IOException {
            int listen = freePort(port);
            deleteTemporary(directory);
            Files.createDirectories(temporaryIn(directory));
            ProcessBuilder server = new ProcessBuilder(command(listen))
                    .redirectErrorStream(true)
                    .redirectOutput(logIn(directory).toFile());
            server.environment().putAll(environment);
            return new PayaraMicroProcess(directory, listen, server.start());
        }

        private List<String> command(int listen) throws IOException {
            Path temporary = temporaryIn(directory);
            List<String> command = new ArrayList<>();
            command.add(java());
            command.addAll(jvmOptions);
            command.add("-Djava.io.tmpdir=" + temporary);
            command.addAll(List.of("-jar", microJar.toString(), "--nohazelcast", "--port", Integer.toString(listen)));
            command.addAll(List.of(
                    "--prebootcommandfile",
                    Loopback.writeTo(temporary, preBootCommands).toString()));
            if (!postBootCommands.isEmpty()) {
                Path file = Files.write(temporary.resolve("postboot.txt"), postBootCommands);
                command.addAll(List.of("--postbootcommandfile", file.toString()));
            }
            if (!wars.isEmpty()) {
                Path file = Files.write(temporary.resolve("deploy.txt"), deployCommands());
                command.addAll(List.of("--postdeploycommandfile", file.toString()));
            }
            return command;
        }

        /** Commands, not options: of the WARs given as options none is deployed if one fails. */
        private List<String> deployCommands() {
            List<String> commands = new ArrayList<>();
            wars.forEach((contextRoot, war) -> {
                String name = contextRoot.equals("/") ? "ROOT" : contextRoot.substring(1);
                String path = war.toAbsolutePath().toString();
                commands.add("deploy --contextroot %s --name %s \"%s\"".formatted(contextRoot, name, path));
            });
            return commands;
        }
    }
}
