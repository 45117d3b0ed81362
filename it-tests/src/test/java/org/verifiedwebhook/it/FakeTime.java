package org.verifiedwebhook.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The wall clock of a server's process, which a test sets: by libfaketime, where that is installed. Elapsed time goes on. */
final class FakeTime {

    private static final String LIBRARY = "libfaketimeMT.so.1";

    private final Path library;
    private final Path file;

    private FakeTime(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** Empty where the library, of the package {@code faketime}, is not installed. */
    static Optional<FakeTime> installed() {
        try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
            return Stream.concat(Stream.of(Path.of("/usr/lib")), directories)
                    .map(directory -> directory.resolve("faketime").resolve(LIBRARY))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .map(found -> new FakeTime(
                            found, BuildFiles.newDirectory("faketime").resolve("offset")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What a process under it has to have in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // What it does for an old C library lets every wait of a JVM end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Sets the clock so far ahead; processes see it a second later. */
    void ahead(Duration offset) {
        try {
            // At one blow: who reads a file that is being written sees the true time.
            Path written = Files.writeString(file.resolveSibling("new"), "+" + offset.toSeconds() + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
