package org.verifiedwebhook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One Payara Micro in a process of its own, which listens on the loopback address only and ends with this JVM at the
 * latest.
 *
 * <p>Everything it writes stays in one directory: {@code server.log}, and while it runs its temporary files.
 *
 * <p>Payara Micro says "ready" even when an application failed. So started is not deployed: ask the application, with
 * {@link #awaitAnswer}.
 */
public final class PayaraMicroProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Pattern CONTEXT_ROOT = Pattern.compile("\"Context Root\": \"(.*?)\"");
    private static final String DEPLOYMENT_FAULT = "Boot Command deploy failed";
    private static final int LOG_LINES_SHOWN = 60;

    private final Path directory;
    private final URI uri;
    private final Process process;
    private final Thread stopWithThisJvm = new Thread(this::stop, "stop Payara Micro");
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private volatile boolean closed;

    private PayaraMicroProcess(Path directory, int port, Process process) {
        this.directory = directory;
        this.uri = URI.create("http://127.0.0.1:" + port + "/");
        this.process = process;
        Runtime.getRuntime().addShutdownHook(stopWithThisJvm);
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

    /** The root of the server, ending in a slash. */
    public URI uri() {
        return uri;
    }

    /** The file that takes everything the server prints. */
    public Path log() {
        return logIn(directory);
    }

    /** Everything the server has printed so far. */
    public String logText() throws IOException {
        // Not strict: the server may be in the middle of a character.
        return new String(Files.readAllBytes(log()), Charset.defaultCharset());
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it was told to stop, by {@link #close} or by the end of this JVM. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Waits until the server has dealt with every deployment, whether it worked or failed.
     *
     * @throws IOException if the server ended or took longer than {@code limit}; it is stopped then
     */
    public void awaitBoot(Duration limit) throws IOException, InterruptedException {
        await("to end its start", limit, () -> {
            try {
                return logText().contains(" ready in ");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The context roots of the applications that were deployed; complete after {@link #awaitBoot}. */
    public Set<String> deployed() throws IOException {
        String log = logText();
        Matcher named = CONTEXT_ROOT.matcher(log.substring(Math.max(0, log.lastIndexOf("Instance Configuration"))));
        return named.results().map(result -> result.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the server said of each deployment that failed, a line each; complete after {@link #awaitBoot}. */
    public List<String> deploymentFaults() throws IOException {
        return logText().lines().filter(line -> line.contains(DEPLOYMENT_FAULT)).toList();
    }

    /**
     * Waits until the path is answered with a status that satisfies.
     *
     * @param path relative to the root of the server, for example {@code "ready"}
     * @throws IOException if the server ended or took longer than {@code limit}; it is stopped then
     */
    public void awaitAnswer(String path, IntPredicate status, Duration limit) throws IOException, InterruptedException {
        URI asked = uri.resolve(path);
        await("to answer " + asked, limit, () -> status.test(statusOf(asked)));
    }

    private void await(String what, Duration limit, BooleanSupplier done) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            String fault = !process.isAlive()
                    ? "The server ended, exit code " + process.exitValue() + ", before it came "
                    : System.nanoTime() > end ? "The server took over " + limit.toSeconds() + " s " : null;
            if (fault != null) {
                close();
                throw new IOException(fault + what + ". The end of " + log() + ":\n" + lastLines());
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** 0 when nobody answers. */
    private int statusOf(URI asked) {
        try {
            HttpRequest get = HttpRequest.newBuilder(asked)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(get, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the sleep that follows throws it
            return 0;
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = logText().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    /** Stops the server and removes its temporary files; the log stays. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithThisJvm);
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook is at work already, and stopping twice does no harm.
        }
        stop();
    }

    private void stop() {
        closed = true;
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            deleteTemporary(directory);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path logIn(Path directory) {
        return directory.resolve("server.log");
    }

    private static Path temporaryIn(Path directory) {
        return directory.resolve("tmp");
    }

    private static void deleteTemporary(Path directory) throws IOException {
        Path temporary = temporaryIn(directory);
        if (!Files.exists(temporary)) {
            return;
        }
        try (Stream<Path> all = Files.walk(temporary)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** What to start; each method returns this builder. */
    public static final class Builder {

        private final Path microJar;
        private final Path directory;
        private final Map<String, Path> wars = new LinkedHashMap<>();
        private final List<String> jvmOptions = new ArrayList<>(List.of("-Xmx512m"));
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
            int listen = freePort();
            deleteTemporary(directory);
            Files.createDirectories(temporaryIn(directory));
            ProcessBuilder server = new ProcessBuilder(command(listen))
                    .redirectErrorStream(true)
                    .redirectOutput(logIn(directory).toFile());
            server.environment().putAll(environment);
            return new PayaraMicroProcess(directory, listen, server.start());
        }

        private int freePort() throws IOException {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(address);
                return socket.getLocalPort();
            } catch (BindException e) {
                throw new BindException("Port " + port + " of 127.0.0.1 cannot be had: " + e.getMessage());
            }
        }

        private List<String> command(int listen) throws IOException {
            Path temporary = temporaryIn(directory);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.add("-Djava.io.tmpdir=" + temporary);
            command.addAll(List.of("-jar", microJar.toString(), "--nohazelcast", "--port", Integer.toString(listen)));
            command.addAll(
                    List.of("--prebootcommandfile", Loopback.writeTo(temporary).toString()));
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
