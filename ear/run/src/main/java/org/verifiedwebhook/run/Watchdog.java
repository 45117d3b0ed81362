package org.verifiedwebhook.run;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ends a process, and those below it, when this JVM ends, even if it is killed: {@code kill -9} runs no shutdown hook.
 *
 * <p>A small process of its own waits for its input to end, which the system sees to when this JVM is gone.
 */
public final class Watchdog implements AutoCloseable {

    private final Process dog;

    private Watchdog(Process dog) {
        this.dog = dog;
    }

    /** Watches over a process, until closed. */
    public static Watchdog over(ProcessHandle watched) throws IOException {
        List<String> command = List.of(
                ServerProcess.java(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes().toString(),
                Watchdog.class.getName(),
                Long.toString(watched.pid()));
        return new Watchdog(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static Path classes() throws IOException {
        try {
            return Path.of(Watchdog.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** The other process: takes the number of the one it watches. */
    public static void main(String[] args) throws IOException {
        ProcessHandle watched = ProcessHandle.of(Long.parseLong(args[0])).orElse(null);
        if (watched != null && System.in.read() < 0) {
            // All first: who has lost its parent is nobody's descendant.
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(watched), watched.descendants()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Watches no longer; what was watched goes on. */
    @Override
    public void close() {
        try (OutputStream end = dog.getOutputStream()) {
            end.write('.');
        } catch (IOException gone) {
            // It has ended before.
        }
    }
}
