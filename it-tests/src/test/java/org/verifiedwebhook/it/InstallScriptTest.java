package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** WildFly is not left suspended by {@code install.sh}; a stand-in for jboss-cli writes down what it is told. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no sh, for which the script is")
class InstallScriptTest {

    private static final Path SCRIPT = Path.of("..", "ear", "operations", "wildfly", "install.sh");
    private static final String INSTALLATION =
            "--commands=try,:suspend(suspend-timeout=10),deploy --force" + " \"sample.ear\",finally,:resume,end-try";

    @TempDir
    private Path directory;

    private Path told;

    /** @param then what the stand-in does when it is told to install */
    private Process install(String then) throws IOException {
        told = Files.createFile(directory.resolve("told"));
        Path cli = Files.writeString(
                directory.resolve("cli"),
                "echo \"$*\" >> '" + told + "'\ncase $1 in --commands=*) " + then + " ;; esac\n");
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "sample.ear");
        builder.environment().put("JBOSS_CLI", "sh " + cli);
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("printed").toFile())
                .start();
    }

    private static int status(Process process) throws InterruptedException {
        try {
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void installation_isOneCommandThatResumesItself() throws Exception {
        assertEquals(0, status(install("exit 0")));
        assertEquals(List.of(INSTALLATION), Files.readAllLines(told));
    }

    @Test
    void installationThatFails_isToldToTheCaller() throws Exception {
        assertEquals(3, status(install("exit 3")));
        assertEquals(List.of(INSTALLATION), Files.readAllLines(told));
    }

    /** As a terminal does: both get the signal. */
    @Test
    void installationThatIsInterrupted_isResumedByTheScript() throws Exception {
        Process script = install("exec sleep 30");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Files.size(told) == 0 || script.descendants().findAny().isEmpty()) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(10);
        }
        script.destroy();
        script.descendants().forEach(ProcessHandle::destroy);
        assertEquals(1, status(script));
        assertEquals(List.of(INSTALLATION, ":resume"), Files.readAllLines(told));
    }
}
