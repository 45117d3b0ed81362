package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.run.Watchdog;

/** A build that is killed leaves no server. */
class WatchdogTest {

    /** A JVM that starts something which runs for long, tells its number, and waits to be killed. */
    static final class Starter {

        private Starter() {}

        /** @param args {@code "watched"}, or nothing */
        public static void main(String[] args) throws IOException, InterruptedException {
            Process started = new ProcessBuilder("sleep", "120").start();
            if (args.length > 0) {
                Watchdog.over(started.toHandle());
            }
            System.out.println(started.pid());
            started.waitFor();
        }
    }

    /** What a JVM had started that was killed, {@code kill -9}, when it had. */
    private static ProcessHandle leftBehindBy(String... arguments) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName());
        java.command().addAll(List.of(arguments));
        Process starter = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader told = starter.inputReader()) {
            return ProcessHandle.of(Long.parseLong(told.readLine())).orElseThrow();
        } finally {
            starter.destroyForcibly().onExit().join();
        }
    }

    private static boolean ends(ProcessHandle process, int seconds) throws Exception {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void processOfAJvmThatIsKilled_isKilledToo() throws Exception {
        assertTrue(ends(leftBehindBy("watched"), 20));
    }

    /** The control. */
    @Test
    void processThatNobodyWatches_staysBehind() throws Exception {
        assertFalse(ends(leftBehindBy(), 3));
    }

    @Test
    void closedWatchdog_letsTheProcessRun() throws Exception {
        Process process = new ProcessBuilder("sleep", "120").start();
        Watchdog.over(process.toHandle()).close();
        assertFalse(ends(process.toHandle(), 2));
    }
}
