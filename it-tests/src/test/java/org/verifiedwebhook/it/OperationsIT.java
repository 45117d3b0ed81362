package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.run.Watchdog;

/** The scripts of {@code ear/operations}, from an empty server to the sample on PostgreSQL behind a proxy; and TLS. */
class OperationsIT {

    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    /** Longer than that a server remembers no secret, and no lack of one. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final String PUBLIC_URL_IS_MISSING = "sender signalwire signs the URL it calls";

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(OperationsIT.class)
            .deploy("/forms", SecretForms.war(List.of("over-tls"), List.of()))
            .systemProperty("webhook.over-tls.secret", ZorioRequest.SECRET)
            .systemProperty("webhook.over-tls.require-https", "true");

    @Test
    @DisabledOnServer(value = Server.PAYARA_MICRO, reason = "it has a script of its own, that starts it")
    void scripts_bringTheSampleToPostgreSqlBehindAProxy() throws Exception {
        try (PostgreSqlProcess database = PostgreSqlProcess.start("OperationsIT-database")) {
            String url = database.settings().get("webhook.jpa.url");
            SERVER.operate(new Operation("postgresql.sh", "postgres", List.of(url, "postgres")));
            SERVER.operate(Operation.set("webhook/jpa/key", MASTER_KEY));
            SERVER.operate(Operation.of("proxy.sh", "https://hooks.example.com", "127.0.0.1"));
            SERVER.operate(Operation.of(
                    "install.sh", BuildFiles.SAMPLE_EAR.toAbsolutePath().toString()));
            String root = SERVER.uri("").toString().replaceAll("/$", "");
            SERVER.operate(Operation.of("../health.sh", root));
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from webhook_secret")) {
                assertTrue(rows.next(), "the sample's tables are in PostgreSQL");
            }
            assertTrue(!SERVER.log().contains(PUBLIC_URL_IS_MISSING), "the public URL is known");
            assertEquals(401, deliver(SERVER.uri("hooks/zorio")), "no secret yet");
            SERVER.operate(Operation.set("webhook/zorio/secret", ZorioRequest.SECRET));
            Thread.sleep(REMEMBERED.toMillis());
            assertEquals(200, deliver(SERVER.uri("hooks/zorio")), "counts for the sample");
        }
    }

    private static int deliver(URI hook) throws Exception {
        HttpRequest signed = ZorioRequest.signed(hook, body()).build();
        return HttpClient.newHttpClient()
                .send(signed, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    @DisabledOnServer(
            value = {Server.WILDFLY, Server.PAYARA_SERVER},
            reason = "Payara Micro's script")
    void startScriptOfPayaraMicro_takesSecretsFromItsCommands() throws Exception {
        Path directory = BuildFiles.newDirectory("start");
        Path loopback = Files.write(
                directory.resolve("preboot.asadmin"),
                List.of(
                        "set configs.config.server-config.network-config.network-listeners.network-listener"
                                + ".http-listener.address=127.0.0.1",
                        "set configs.config.server-config.network-config.network-listeners.network-listener"
                                + ".https-listener.address=127.0.0.1"));
        int port = freePort();
        int tlsPort = freePort();
        ProcessBuilder start = new ProcessBuilder(
                        Path.of("..", "ear", "operations", "payara-micro", "start.sh")
                                .toAbsolutePath()
                                .normalize()
                                .toString(),
                        BuildFiles.PAYARA_MICRO_JAR.toAbsolutePath().toString(),
                        BuildFiles.SAMPLE_WAR.toAbsolutePath().toString(),
                        "--port",
                        Integer.toString(port),
                        "--sslport",
                        Integer.toString(tlsPort),
                        "--prebootcommandfile",
                        loopback.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        start.environment()
                .put(
                        "JAVA_OPTS",
                        "-Xmx512m -Djava.io.tmpdir=" + directory + " -Dwebhook.h2.path=" + directory.resolve("webhook")
                                + " -Dwebhook.jpa.key=" + MASTER_KEY);
        start.environment().put("ZORIO_SECRET", ZorioRequest.SECRET);
        Process server = start.start();
        try (Watchdog watchdog = Watchdog.over(server.toHandle())) {
            URI root = URI.create("http://127.0.0.1:" + port);
            long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (!ready(root)) {
                assertTrue(server.isAlive() && System.nanoTime() < end, "see " + directory);
                Thread.sleep(500);
            }
            String log = Files.readString(directory.resolve("server.log"));
            assertTrue(!log.contains(PUBLIC_URL_IS_MISSING), "the public URL is known");
            assertTrue(!log.contains("Boot Command create-custom-resource failed"));
            URI hook = URI.create("https://127.0.0.1:" + tlsPort + "/hooks/zorio");
            HttpResponse<String> signed = overTls(ZorioRequest.signed(hook, body()));
            assertEquals(200, signed.statusCode(), "the secret is the variable's");
            assertEquals(HttpClient.Version.HTTP_2, signed.version());
            assertEquals(401, overTls(ZorioRequest.unsigned(hook, body())).statusCode());
        } finally {
            server.destroy();
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean ready(URI root) throws IOException, InterruptedException {
        try {
            return Operation.of("../health.sh", root.toString())
                            .run("payara-micro", BuildFiles.newDirectory("health"), java.util.Map.of())
                    != null;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    @DisabledOnServer(
            value = Server.PAYARA_MICRO,
            reason = "it has no TLS listener unless told: see startScriptOfPayaraMicro_takesSecretsFromItsCommands")
    void requestOverTls_isVerifiedOverHttp2() throws Exception {
        HttpResponse<String> signed = overTls(ZorioRequest.signed(tls(), body()));
        assertEquals(200, signed.statusCode(), signed.body());
        assertEquals(HttpClient.Version.HTTP_2, signed.version());
        assertEquals(401, overTls(ZorioRequest.unsigned(tls(), body())).statusCode());
        HttpRequest plain =
                ZorioRequest.signed(SERVER.uri("forms/hooks/over-tls"), body()).build();
        assertEquals(
                403,
                HttpClient.newHttpClient()
                        .send(plain, BodyHandlers.discarding())
                        .statusCode());
    }

    private static URI tls() {
        return URI.create("https://127.0.0.1:" + SERVER.tlsPort() + "/forms/hooks/over-tls");
    }

    private static String body() {
        return "{\"event\":\"" + UUID.randomUUID() + "\"}";
    }

    private static HttpResponse<String> overTls(HttpRequest.Builder request) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return HttpClient.newBuilder().sslContext(context).build().send(request.build(), BodyHandlers.ofString());
    }

    /** The server has signed its certificate itself. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
