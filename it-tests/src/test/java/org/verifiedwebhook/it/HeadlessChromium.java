package org.verifiedwebhook.it;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real browser without a window, for tests that look at a page. Each call is a browser of its own, with no past. */
final class HeadlessChromium {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Path executable;

    private HeadlessChromium(Path executable) {
        this.executable = executable;
    }

    /** The browser on the search path; the test is skipped where there is none. */
    static HeadlessChromium orSkip() {
        String[] directories = System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator), -1);
        Path found = Stream.of(directories)
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(found != null, () -> "none of " + NAMES + " is installed");
        return new HeadlessChromium(found);
    }

    /** The page as the browser holds it once it is loaded and its scripts have run, as HTML. */
    String dom(URI page) throws IOException, InterruptedException {
        Path output = BuildFiles.newDirectory("chromium").resolve("dom.html");
        run(output, "--dump-dom", page.toString());
        return Files.readString(output);
    }

    /**
     * Takes a picture of the page.
     *
     * @param file the PNG file to write
     * @param width of the window, in pixels
     * @param height of the window, in pixels; what is below it is not in the picture
     */
    void screenshot(URI page, Path file, int width, int height) throws IOException, InterruptedException {
        Path output = BuildFiles.newDirectory("chromium").resolve("output.txt");
        Files.createDirectories(file.toAbsolutePath().getParent());
        run(
                output,
                "--screenshot=" + file.toAbsolutePath(),
                "--window-size=" + width + "," + height,
                "--hide-scrollbars",
                page.toString());
        if (!Files.exists(file)) {
            throw new IOException("The browser made no picture of " + page + ": see " + output.getParent());
        }
    }

    private void run(Path output, String... options) throws IOException, InterruptedException {
        Path profile = BuildFiles.newDirectory("chromium-profile");
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless",
                "--no-sandbox", // it cannot have its sandbox as root, which is what tests in containers run as
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile));
        command.addAll(List.of(options));
        Process browser = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(output.resolveSibling("errors.txt").toFile())
                .start();
        try {
            if (!browser.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("The browser took over " + LIMIT + ": see " + output.getParent());
            }
            if (browser.exitValue() != 0) {
                throw new IOException(
                        "The browser ended with code " + browser.exitValue() + ": see " + output.getParent());
            }
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
    }
}
