package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.login.Login;

/** An application with a login of its own on other paths: it works, and webhooks have nothing to do with it. */
class LoginBesideWebhooksIT {

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(LoginBesideWebhooksIT.class)
            .deploy(
                    "/login",
                    SecretForms.war(List.of("beside"), List.of())
                            .addPackage(Login.class.getPackage())
                            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml"))
            .systemProperty("webhook.beside.secret", ZorioRequest.SECRET);

    private static int statusOnStockWildFly;

    /** What an operator of WildFly has to do once; what comes of it without is seen first. */
    @BeforeAll
    static void configure() throws Exception {
        if (Server.CURRENT == Server.WILDFLY) {
            statusOnStockWildFly = get("people", Login.PASSWORD).statusCode();
            SERVER.operate(Operation.of("login.sh"));
            SERVER.operate(Operation.of("restart.sh"));
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!loginWorks() && System.nanoTime() < end) {
                Thread.sleep(200);
            }
        }
    }

    private static boolean loginWorks() throws Exception {
        try {
            return get("people", Login.PASSWORD).statusCode() == 200;
        } catch (IOException reloading) {
            return false;
        }
    }

    private static HttpResponse<String> get(String path, String password) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(SERVER.uri("login/" + path));
        if (password != null) {
            request.header("Authorization", basic(password));
        }
        return send(request);
    }

    private static String basic(String password) {
        byte[] pair = (Login.USER + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static int asked() throws Exception {
        return Integer.parseInt(get("asked", null).body());
    }

    private static String body() {
        return "{\"event\":\"" + UUID.randomUUID() + "\"}";
    }

    @Test
    void login_worksOnItsPaths() throws Exception {
        HttpResponse<String> anonymous = get("people", null);
        assertEquals(401, anonymous.statusCode());
        assertTrue(anonymous.headers().firstValue("WWW-Authenticate").isPresent());
        assertEquals(401, get("people", "wrong").statusCode());
        HttpResponse<String> anna = get("people", Login.PASSWORD);
        assertEquals(200, anna.statusCode());
        assertEquals("hello anna", anna.body());
    }

    @Test
    void webhook_isVerifiedWithoutTheLogin() throws Exception {
        int before = asked();
        HttpResponse<String> signed = send(ZorioRequest.signed(SERVER.uri("login/hooks/beside"), body()));
        assertEquals(200, signed.statusCode());
        assertTrue(signed.body().contains("principal=webhook:beside"), signed.body());
        HttpResponse<String> unsigned = send(ZorioRequest.unsigned(SERVER.uri("login/hooks/beside"), body()));
        assertEquals(401, unsigned.statusCode());
        assertTrue(unsigned.headers().firstValue("WWW-Authenticate").isEmpty());
        assertEquals(before, asked());
        get("people", "wrong");
        assertTrue(asked() > before, "the control");
    }

    @Test
    void loginOfThePeople_opensNoWebhook() throws Exception {
        HttpRequest.Builder unsigned = ZorioRequest.unsigned(SERVER.uri("login/hooks/beside"), body())
                .header("Authorization", basic(Login.PASSWORD));
        assertEquals(401, send(unsigned).statusCode());
    }

    @Test
    @DisabledOnServer(
            value = {Server.PAYARA_MICRO, Server.PAYARA_SERVER},
            reason = "only WildFly has to be told")
    void rightPasswordOnStockWildFly_failsClosed() {
        assertEquals(500, statusOnStockWildFly);
    }
}
