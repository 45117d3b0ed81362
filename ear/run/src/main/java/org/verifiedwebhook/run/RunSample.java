package org.verifiedwebhook.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@code mvn -Prun package}: the sample on Payara Micro, with demo tenants, until Ctrl-C. */
public final class RunSample {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final PrintStream OUT = System.out;

    private RunSample() {}

    /**
     * Runs the sample until the server or this JVM is stopped.
     *
     * @param args the build directory, which holds the server's jar and the WAR; the port
     * @throws IOException if the sample does not answer, or the server ends by itself
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (PayaraMicroProcess server = start(Path.of(args[0]), Integer.parseInt(args[1]))) {
            OUT.println("Starting the Verified Webhook sample on Payara Micro; its log is " + server.log());
            server.awaitBoot(START_LIMIT);
            if (server.deployed().isEmpty()) {
                throw new IOException(
                        "The sample could not be deployed: " + server.deploymentFaults() + " See " + server.log());
            }
            server.awaitAnswer("ready", status -> status == 200, START_LIMIT);
            long startLog = Files.size(server.log());
            OUT.println("\nVerified Webhook sample answers at " + server.uri() + " (Ctrl-C stops it)\n");
            showLog(server, startLog);
            if (!server.isClosed()) {
                throw new IOException("The server ended by itself; the reason should be in " + server.log());
            }
        }
    }

    private static PayaraMicroProcess start(Path build, int port) throws IOException {
        try {
            return PayaraMicroProcess.builder(build.resolve("payara-micro.jar"), build.resolve("server"))
                    .port(port)
                    // The demo tenants and their secrets exist behind this switch only, and only here it is set.
                    .systemProperty("webhook.demo", "true")
                    .systemProperty(
                            "webhook.h2.path", build.resolve("database/webhook").toString())
                    .deploy("/", build.resolve("verified-webhook-sample.war"))
                    .start();
        } catch (BindException e) {
            throw new IOException(e.getMessage() + ". Choose another one: mvn -Prun package -Dhttp.port=N", e);
        }
    }

    /** Shows what the server logs from now on: the start itself is long and of no interest when it worked. */
    private static void showLog(PayaraMicroProcess server, long from) throws IOException, InterruptedException {
        try (InputStream log = Files.newInputStream(server.log())) {
            log.skipNBytes(from);
            while (server.isAlive()) {
                log.transferTo(OUT);
                OUT.flush();
                Thread.sleep(200);
            }
            log.transferTo(OUT);
        }
    }
}
