package org.verifiedwebhook.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro has no option for the address it listens on: this command, run before its boot, sets it. */
final class Loopback {

    private static final List<String> COMMANDS = List.of(
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1",
            "set configs.config.server-config.network-config.network-listeners.network-listener.https-listener.address=127.0.0.1");

    private Loopback() {}

    /** @param more commands to run then */
    static Path writeTo(Path directory, List<String> more) throws IOException {
        List<String> commands = new ArrayList<>(COMMANDS);
        commands.addAll(more);
        return Files.write(directory.resolve("preboot.txt"), commands);
    }
}
