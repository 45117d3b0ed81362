package org.verifiedwebhook.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settings in a directory, a file each, as an orchestrator mounts secrets: {@code webhook.zorio.secret} for instance.
 * Read at each use; the server's own source for directories may read them once only. A line feed at the end of a file
 * ends its line and is no part of the value.
 */
final class DirectorySource implements SettingSource {

    /** What says where the directory is, as a system property. */
    static final String PROPERTY = "webhook.settings-directory";
    /** The same in the environment. */
    static final String VARIABLE = "WEBHOOK_SETTINGS_DIRECTORY";

    private static final long MAX_BYTES = 65_536;
    private static final int MAX_NAME = 255;

    private final Path directory;

    DirectorySource(Path directory) {
        this.directory = directory;
    }

    /** The source; empty if no directory is named. */
    static Optional<SettingSource> ifNamed() {
        return Optional.ofNullable(System.getProperty(PROPERTY, System.getenv(VARIABLE)))
                .filter(path -> !path.isBlank())
                .map(path -> new DirectorySource(Path.of(path)));
    }

    /** The name cannot lead out of the directory: it has no slash, and what came from outside no dot either. */
    @Override
    public Optional<String> find(SettingName name) {
        if (name.property().length() > MAX_NAME) {
            // No file can have it: a stranger's long tenant is unknown, and no fault of ours.
            return Optional.empty();
        }
        try {
            return Optional.of(read(directory.resolve(name.property())));
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(directory)) {
                return Optional.empty();
            }
            throw new SecretUnavailableException("there is no directory where " + PROPERTY + " says", e);
        } catch (CharacterCodingException e) {
            // Without the cause, which may tell what it met.
            throw new SecretUnavailableException("the file of " + name + " is no UTF-8 text");
        } catch (IOException e) {
            throw new SecretUnavailableException("the file of " + name + " cannot be read", e);
        }
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("longer than " + MAX_BYTES + " bytes");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString();
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public Set<String> keysOf(String owner) {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return SettingName.keysOf(owner, ".", names);
        } catch (IOException e) {
            throw new SecretUnavailableException("the directory that " + PROPERTY + " names cannot be read", e);
        }
    }
}
