package org.verifiedwebhook.jpa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The master key of a demonstration, in a file beside the demo database. Never used outside {@link DemoMode}. */
final class DemoMasterKey {

    private static final String FILE = "demo-master.key";

    private DemoMasterKey() {}

    /** The key in that directory, made if there is none. */
    static synchronized String in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            try {
                Files.createFile(file, forItsOwner(directory));
                Files.writeString(file, Base64.getEncoder().encodeToString(key));
            } catch (FileAlreadyExistsException e) {
                // Made by an earlier start: it is the one the stored secrets need.
                return Files.readString(file, StandardCharsets.UTF_8);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's master key cannot be kept in " + file, e);
        }
    }

    /** Not for other users of the machine: somebody may try secrets of his own in the demonstration. */
    private static FileAttribute<?>[] forItsOwner(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
