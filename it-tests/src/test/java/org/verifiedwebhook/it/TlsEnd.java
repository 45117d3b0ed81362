package org.verifiedwebhook.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx in front of a server that says what was called, as one does at which TLS ends. */
final class TlsEnd implements AutoCloseable {

    private static final String CONFIG = """
            daemon off; master_process off; pid nginx.pid; events {}
            http {
              access_log off;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d;
                location / {
                  proxy_pass %s;
                  proxy_set_header Host inner.example;
                  proxy_set_header X-Forwarded-Proto https;
                  proxy_set_header X-Forwarded-Host $http_host;
                  proxy_set_header X-Forwarded-For $remote_addr;
                }
              }
            }
            """;

    private final Process process;
    private final URI uri;

    private TlsEnd(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** The executable, if it is installed. */
    static Optional<Path> executable() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static TlsEnd before(URI server) throws IOException, InterruptedException {
        Path directory = BuildFiles.newDirectory("nginx");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // A path would be put in the place of the caller's.
        String target = "http://" + server.getAuthority();
        Path config = Files.writeString(directory.resolve("nginx.conf"), CONFIG.formatted(port, target));
        Path log = directory.resolve("nginx.log");
        Process process = new ProcessBuilder(List.of(
                        executable().orElseThrow().toString(),
                        "-e",
                        "stderr",
                        "-p",
                        directory.toString(),
                        "-c",
                        config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        TlsEnd end = new TlsEnd(process, URI.create("http://127.0.0.1:" + port + "/"));
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try {
                new Socket(end.uri.getHost(), port).close();
                return end;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        end.close();
        throw new IOException("nginx did not start: " + Files.readString(log));
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
