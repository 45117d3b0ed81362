package org.verifiedwebhook.embedded;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * nginx as a reverse proxy on the loopback address, in the foreground and with all its files in one directory. It has a
 * port that says in {@code X-Forwarded-*} what was called from outside, as a proxy behind TLS does, and one that passes
 * on what the caller says.
 */
final class Nginx implements AutoCloseable {

    private static final int ATTEMPTS = 200;
    private static final int PAUSE_MILLIS = 50;

    private final Process process;
    private final URI telling;
    private final URI passing;

    private Nginx(Process process, URI telling, URI passing) {
        this.process = process;
        this.telling = telling;
        this.passing = passing;
    }

    /** The executable; the tests are skipped where there is none. */
    static Path orSkip() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        Path found = Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(found != null, "nginx is not installed");
        return found;
    }

    /** @param server what it stands in front of */
    static Nginx start(Path executable, URI server, Path directory) throws IOException, InterruptedException {
        int[] ports = freePorts();
        Path config = directory.resolve("nginx.conf");
        Files.writeString(config, config(server, directory, ports));
        Process process = new ProcessBuilder(
                        executable.toString(), "-e", "stderr", "-p", directory.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.log").toFile())
                .start();
        Nginx nginx = new Nginx(process, uri(ports[0]), uri(ports[1]));
        try {
            nginx.await(directory);
        } catch (IOException | InterruptedException | RuntimeException e) {
            nginx.close();
            throw e;
        }
        return nginx;
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket two = new ServerSocket(0, 1, loopback)) {
            return new int[] {one.getLocalPort(), two.getLocalPort()};
        }
    }

    private static String config(URI server, Path directory, int... ports) {
        StringBuilder temporary = new StringBuilder();
        for (String kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            temporary.append(kind + "_temp_path " + directory.resolve(kind) + ";\n");
        }
        // Without a URI in it, proxy_pass leaves path and query as the caller wrote them.
        return "daemon off;\nmaster_process off;\npid " + directory.resolve("nginx.pid") + ";\nevents {}\nhttp {\n"
                + "access_log off;\n" + temporary
                + "server { listen 127.0.0.1:" + ports[0] + "; location / { proxy_pass " + server + ";"
                + " proxy_set_header Host inner.example;"
                + " proxy_set_header X-Forwarded-Proto https;"
                + " proxy_set_header X-Forwarded-Host $http_host;"
                + " proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } }\n"
                + "server { listen 127.0.0.1:" + ports[1] + "; location / { proxy_pass " + server + "; } }\n}\n";
    }

    private void await(Path directory) throws IOException, InterruptedException {
        for (int i = 0; i < ATTEMPTS && process.isAlive(); i++) {
            try {
                new Socket(telling.getHost(), telling.getPort()).close();
                return;
            } catch (IOException e) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        throw new IOException("nginx did not start: " + Files.readString(directory.resolve("nginx.log")));
    }

    /** Says what was called, whatever the caller says. */
    URI telling() {
        return telling;
    }

    /** Passes on what the caller says was called. */
    URI passing() {
        return passing;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
