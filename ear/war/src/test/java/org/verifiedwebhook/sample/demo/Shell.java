package org.verifiedwebhook.sample.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hands a command to a real POSIX shell, where {@code curl} is a function that tells its arguments. */
final class Shell {

    private static final String CURL = "curl() { for word in \"$@\"; do printf '%s\\0' \"$word\"; done; }\n";

    private final List<String> arguments;

    private Shell(List<String> arguments) {
        this.arguments = arguments;
    }

    static Shell run(String command) throws IOException, InterruptedException {
        Process sh = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
        try (var in = sh.getOutputStream()) {
            in.write((CURL + command + "\n").getBytes(UTF_8));
        }
        String said = new String(sh.getInputStream().readAllBytes(), UTF_8);
        if (sh.waitFor() != 0) {
            throw new IOException(said);
        }
        List<String> arguments = new ArrayList<>();
        for (int start = 0, end; start < said.length(); start = end + 1) {
            end = said.indexOf('\0', start);
            arguments.add(said.substring(start, end));
        }
        return new Shell(arguments);
    }

    List<String> arguments() {
        return arguments;
    }

    String url() {
        return arguments.get(1);
    }

    String header(String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name + ": "))
                .map(argument -> argument.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    String body() {
        return arguments.get(arguments.indexOf("--data-raw") + 1);
    }
}
