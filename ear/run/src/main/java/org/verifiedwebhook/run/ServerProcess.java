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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * One application server in a process of its own, which listens on the loopback address only and ends with this JVM at
 * the latest, however that ends.
 *
 * <p>Everything it writes stays in one directory: {@code server.log}, and while it runs its temporary files.
 */
public abstract class ServerProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LOG_LINES_SHOWN = 60;

    private final Path directory;
    private final URI uri;
    private final Process process;
    private final Watchdog watchdog;
    private final Thread stopWithThisJvm = new Thread(this::stop, "stop the server");
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private volatile boolean closed;

    /**
     * Takes over a process that was just started.
     *
     * @param directory the server's directory
     * @param port where it answers HTTP
     * @throws IOException if nothing could be had that ends it with this JVM; it is stopped then
     */
    protected ServerProcess(Path directory, int port, Process process) throws IOException {
        this.directory = directory;
        this.uri = URI.create("http://127.0.0.1:" + port + "/");
        this.process = process;
        try {
            this.watchdog = Watchdog.over(process.toHandle());
            Runtime.getRuntime().addShutdownHook(stopWithThisJvm);
        } catch (IOException | IllegalStateException e) {
            // Or, of the second kind: this JVM is ending.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw e;
        }
    }

    /** The root of the server, ending in a slash. */
    public final URI uri() {
        return uri;
    }

    /** The file that takes everything the server prints. */
    public final Path log() {
        return logIn(directory);
    }

    /** Everything the server has printed so far. */
    public final String logText() throws IOException {
        // Not strict: the server may be in the middle of a character.
        return new String(Files.readAllBytes(log()), Charset.defaultCharset());
    }

    /** Whether the process still runs. */
    public final boolean isAlive() {
        return process.isAlive();
    }

    /** The process, and those below it. */
    public final List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Whether it was told to stop, by {@link #close} or by the end of this JVM. */
    public final boolean isClosed() {
        return closed;
    }

    /**
     * Waits until the server has dealt with every deployment, whether it worked or failed.
     *
     * @throws IOException if the server ended or took longer than {@code limit}; it is stopped then
     */
    public abstract void awaitBoot(Duration limit) throws IOException, InterruptedException;

    /** The context roots of the applications that were deployed; complete after {@link #awaitBoot}. */
    public abstract Set<String> deployed() throws IOException;

    /** What the server said of each deployment that failed, a line each; complete after {@link #awaitBoot}. */
    public abstract List<String> deploymentFaults() throws IOException;

    /**
     * Waits until the path is answered with a status that satisfies.
     *
     * @param path relative to the root of the server, for example {@code "ready"}
     * @throws IOException if the server ended or took longer than {@code limit}; it is stopped then
     */
    public final void awaitAnswer(String path, IntPredicate status, Duration limit)
            throws IOException, InterruptedException {
        URI asked = uri.resolve(path);
        await("to answer " + asked, limit, () -> status.test(statusOf(asked)));
    }

    /** A question that reads files. */
    @FunctionalInterface
    protected interface Condition {
        /** The answer. */
        boolean holds() throws IOException;
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition, as in "the server took over 5 s to start"
     * @throws IOException if the server ended or took longer than {@code limit}; it is stopped then
     */
    protected final void await(String what, Duration limit, Condition done) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.holds()) {
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
    public final void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithThisJvm);
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook is at work already, and stopping twice does no harm.
        }
        stop();
    }

    private void stop() {
        closed = true;
        // A server may run below a launcher.
        List<ProcessHandle> below = process.descendants().toList();
        below.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            for (ProcessHandle handle : below) {
                long end = System.nanoTime() + STOP_LIMIT.toNanos();
                while (handle.isAlive() && System.nanoTime() < end) {
                    Thread.sleep(POLL.toMillis());
                }
                handle.destroyForcibly();
            }
            watchdog.close();
            deleteTemporary(directory);
        } catch (InterruptedException e) {
            below.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server with no chance to end anything, as {@code kill -9} does. {@link #close} is still needed. */
    public final void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Stops every thread of the server, as a machine does that stalls, until {@link #resume}. */
    public final void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets a paused server go on. */
    public final void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        process.descendants().forEach(p -> command.add(Long.toString(p.pid())));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    /** The program that runs this JVM. */
    protected static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * A free port of the loopback address.
     *
     * @param port the one to take; 0 for any
     * @throws BindException if the port is taken
     */
    protected static int freePort(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new BindException("Port " + port + " of 127.0.0.1 cannot be had: " + e.getMessage());
        }
    }

    /** So many different ones. */
    public static List<Integer> freePorts(int number) throws IOException {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < number) {
            ports.add(freePort(0));
        }
        return List.copyOf(ports);
    }

    /** Where the server in {@code directory} prints. */
    protected static Path logIn(Path directory) {
        return directory.resolve("server.log");
    }

    /** Where it keeps what is deleted when it stops. */
    protected static Path temporaryIn(Path directory) {
        return directory.resolve("tmp");
    }

    /** Deletes what an earlier server left. */
    protected static void deleteTemporary(Path directory) throws IOException {
        delete(temporaryIn(directory));
    }

    /** Deletes a directory with all that is in it, if it is there. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
