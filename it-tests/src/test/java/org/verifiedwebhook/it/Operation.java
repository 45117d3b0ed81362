package org.verifiedwebhook.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What an operator does by a script of {@code ear/operations}, exactly as it is there.
 *
 * @param script its name in the server's directory
 * @param input what it reads; a secret, for instance
 */
record Operation(String script, String input, List<String> arguments) {

    private static final Path SCRIPTS = Path.of("..", "ear", "operations");

    static Operation of(String script, String... arguments) {
        return new Operation(script, "", List.of(arguments));
    }

    /** Sets a secret, or another setting, by its JNDI name. */
    static Operation set(String name, String value) {
        return new Operation("secret.sh", value, List.of("set", name));
    }

    static Operation remove(String name) {
        return of("secret.sh", "remove", name);
    }

    /** The same for Payara Micro, which takes commands at its start only: as {@code postboot.asadmin} writes them. */
    List<String> bootCommands() {
        if (script.equals("alias.sh")) {
            return List.of();
        }
        if (script.equals("secrets-directory.sh")) {
            return List.of("set-config-dir --directory=" + arguments.get(0));
        }
        if (!script.equals("secret.sh") || !arguments.get(0).equals("set")) {
            throw new IllegalStateException("no command of Payara Micro: " + script + " " + arguments);
        }
        String name = arguments.get(1);
        String create = "create-custom-resource --restype java.lang.String --factoryclass"
                + " org.glassfish.resources.custom.factory.PrimitivesAndStringFactory --property value=";
        if (input.startsWith("${")) {
            return List.of(
                    create + "unset " + name,
                    "set \"resources.custom-resource." + name + ".property.value=" + input + "\"");
        }
        String escaped = input.replace("=", "\\=").replace(":", "\\:");
        return List.of(create.replace("value=", "\"value=") + escaped + "\" " + name);
    }

    /** Those that Payara Micro takes in its other file of commands, before it is up. */
    List<String> preBootCommands(Path directory) throws IOException {
        if (!script.equals("alias.sh")) {
            return List.of();
        }
        Path file = Files.writeString(
                directory.resolve(arguments.get(0)), "AS_ADMIN_ALIASPASSWORD=" + input.replace("\\", "\\\\") + "\n");
        return List.of("create-password-alias --passwordfile=" + file + " " + arguments.get(0));
    }

    private static Path script(String server, String name) {
        return SCRIPTS.resolve(server).resolve(name).toAbsolutePath().normalize();
    }

    /**
     * Runs it to its end.
     *
     * @param environment how the server is reached
     * @return what it printed
     * @throws IOException if it failed
     */
    String run(String server, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(script(server, script).toString());
        command.addAll(arguments);
        Path printed = Files.createTempFile(directory, "operation", ".txt");
        Path read = Files.writeString(Files.createTempFile(directory, "operation", ".in"), input);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(read.toFile())
                .redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IOException(script + " does not end");
            }
            String text = Files.readString(printed, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(script + " " + arguments + " failed: " + text);
            }
            return text;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            Files.delete(printed);
            Files.delete(read);
        }
    }
}
