package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.it.login.AnnotatedHook;
import org.verifiedwebhook.it.login.AskedServlet;
import org.verifiedwebhook.it.login.BasicLogin;
import org.verifiedwebhook.it.login.FormLogin;
import org.verifiedwebhook.it.login.HookApplication;
import org.verifiedwebhook.it.login.Login;
import org.verifiedwebhook.it.login.LoginPageServlet;
import org.verifiedwebhook.it.login.PeopleServlet;

/** Applications with a login of their own on other paths: it works, and webhooks have nothing to do with it. */
class LoginBesideWebhooksIT {

    private static final String FILTER_HOOK = "form/hooks/beside";
    private static final String ANNOTATED_HOOK = "form/api/hook";

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(LoginBesideWebhooksIT.class)
            .deploy(
                    "/login",
                    SecretForms.war(List.of("beside"), List.of())
                            .addClasses(Login.class, BasicLogin.class, PeopleServlet.class, AskedServlet.class)
                            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml"))
            .deploy(
                    "/form",
                    SecretForms.war(Deployments.war("form"), List.of("beside"), List.of())
                            .addClasses(Login.class, FormLogin.class, PeopleServlet.class, AskedServlet.class)
                            .addClasses(LoginPageServlet.class, HookApplication.class, AnnotatedHook.class))
            .systemProperty("webhook.beside.secret", ZorioRequest.SECRET);

    private static int statusOnStockWildFly;

    /** A person's browser, or a sender that keeps cookies; redirects are looked at, not followed. */
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** What an operator of WildFly has to do once; what comes of it without is seen first. */
    @BeforeAll
    static void configure() throws Exception {
        if (Server.CURRENT == Server.WILDFLY) {
            statusOnStockWildFly = get("people", Login.PASSWORD).statusCode();
            SERVER.operate(Operation.of("login.sh"));
            SERVER.operate(Operation.of("restart.sh"));
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!loginsWork() && System.nanoTime() < end) {
                Thread.sleep(200);
            }
        }
    }

    private static boolean loginsWork() throws Exception {
        try {
            return get("people", Login.PASSWORD).statusCode() == 200
                    && send(HttpRequest.newBuilder(SERVER.uri("form/asked"))).statusCode() == 200;
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

    private HttpResponse<String> browse(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> browse(String path) throws Exception {
        return browse(HttpRequest.newBuilder(SERVER.uri(path)));
    }

    /** Fills in the form. */
    private HttpResponse<String> logIn(String password) throws Exception {
        return browse(HttpRequest.newBuilder(SERVER.uri("form/j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(credentials(password))));
    }

    private static String credentials(String password) {
        return "j_username=" + Login.USER + "&j_password=" + password;
    }

    private void assertSentTo(String path, HttpResponse<String> answer) {
        assertTrue(List.of(302, 303).contains(answer.statusCode()), "status " + answer.statusCode());
        URI to = answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
        assertEquals(SERVER.uri(path), to);
    }

    private static int asked(String application) throws Exception {
        return Integer.parseInt(
                send(HttpRequest.newBuilder(SERVER.uri(application + "/asked"))).body());
    }

    private static String body() {
        return "{\"event\":\"" + UUID.randomUUID() + "\"}";
    }

    /** That the hook has handled this very body, for the sender and nobody else. */
    private static void assertHandled(String hook, String body, HttpResponse<String> answer) throws Exception {
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("principal=webhook:beside"), answer.body());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        String seen = hook.equals(ANNOTATED_HOOK) ? body : HexFormat.of().formatHex(digest);
        assertTrue(answer.body().contains("body=" + seen), answer.body());
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty(), "no session");
    }

    /** That the hook has refused it itself: who sent it is asked for no login. */
    private static void assertRefused(HttpResponse<String> answer) {
        assertEquals(401, answer.statusCode());
        assertTrue(answer.headers().firstValue("WWW-Authenticate").isEmpty());
        assertTrue(answer.headers().firstValue("Location").isEmpty());
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty(), "no session");
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
        int before = asked("login");
        HttpResponse<String> signed = send(ZorioRequest.signed(SERVER.uri("login/hooks/beside"), body()));
        assertEquals(200, signed.statusCode());
        assertTrue(signed.body().contains("principal=webhook:beside"), signed.body());
        assertRefused(send(ZorioRequest.unsigned(SERVER.uri("login/hooks/beside"), body())));
        assertEquals(before, asked("login"));
        get("people", "wrong");
        assertTrue(asked("login") > before, "the control");
    }

    @Test
    void loginOfThePeople_opensNoWebhook() throws Exception {
        HttpRequest.Builder unsigned = ZorioRequest.unsigned(SERVER.uri("login/hooks/beside"), body())
                .header("Authorization", basic(Login.PASSWORD));
        assertEquals(401, send(unsigned).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {Login.PASSWORD, "wrong"})
    void signedWebhookWithALoginInItsHeader_isTheSenders(String password) throws Exception {
        String body = body();
        HttpRequest.Builder signed =
                ZorioRequest.signed(SERVER.uri("login/hooks/beside"), body).header("Authorization", basic(password));
        assertHandled("login/hooks/beside", body, send(signed));
    }

    @Test
    void formLogin_worksOnItsPaths() throws Exception {
        assertSentTo("form/login-page", browse("form/people"));
        assertEquals("who are you?", browse("form/login-page").body());
        assertSentTo("form/login-page?wrong", logIn("wrong"));
        assertSentTo("form/login-page", browse("form/people"));
        assertSentTo("form/people", logIn(Login.PASSWORD));
        assertEquals("hello anna", browse("form/people").body());
        assertEquals("hello anna", browse("form/people").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {FILTER_HOOK, ANNOTATED_HOOK})
    void webhookBesideAForm_isVerifiedAndNotSentToIt(String hook) throws Exception {
        int before = asked("form");
        String body = body();
        assertHandled(hook, body, send(ZorioRequest.signed(SERVER.uri(hook), body)));
        assertRefused(send(ZorioRequest.unsigned(SERVER.uri(hook), body())));
        assertEquals(before, asked("form"));
        assertSentTo("form/login-page", send(ZorioRequest.signed(SERVER.uri("form/people"), body())));
    }

    @ParameterizedTest
    @ValueSource(strings = {FILTER_HOOK, ANNOTATED_HOOK})
    void sessionOfThePeople_opensNoWebhook(String hook) throws Exception {
        browse("form/people");
        logIn(Login.PASSWORD);
        assertEquals("hello anna", browse("form/people").body());
        String body = body();
        assertRefused(browse(ZorioRequest.unsigned(SERVER.uri(hook), body)));
        assertRefused(browse(ZorioRequest.signed(SERVER.uri(hook), body, "another-secret-of-the-integration-tests")));
        assertHandled(hook, body, browse(ZorioRequest.signed(SERVER.uri(hook), body)));
        assertEquals("hello anna", browse("form/people").body());
    }

    /** The login keeps the request that it interrupts, to bring it back: a webhook is not that request. */
    @ParameterizedTest
    @ValueSource(strings = {FILTER_HOOK, ANNOTATED_HOOK})
    void webhookWithTheSessionOfALoginUnderWay_keepsItsBodyAndLeavesTheLoginAlone(String hook) throws Exception {
        assertSentTo("form/login-page", browse("form/people?page=2"));
        String body = body();
        assertHandled(hook, body, browse(ZorioRequest.signed(SERVER.uri(hook), body)));
        assertSentTo("form/people?page=2", logIn(Login.PASSWORD));
        String another = body();
        assertHandled(hook, another, browse(ZorioRequest.signed(SERVER.uri(hook), another)));
        assertEquals("hello anna", browse("form/people?page=2").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {FILTER_HOOK, ANNOTATED_HOOK})
    void webhookThatLooksLikeTheForm_isNotReadByTheLogin(String hook) throws Exception {
        int before = asked("form");
        String body = credentials(Login.PASSWORD) + "&event=" + UUID.randomUUID();
        HttpRequest.Builder form = ZorioRequest.signed(SERVER.uri(hook), body)
                .setHeader("Content-Type", "application/x-www-form-urlencoded");
        assertHandled(hook, body, send(form));
        assertEquals(before, asked("form"));
        logIn(Login.PASSWORD);
        assertTrue(asked("form") > before, "the control");
    }

    @Test
    @DisabledOnServer(
            value = {Server.PAYARA_MICRO, Server.PAYARA_SERVER},
            reason = "only WildFly has to be told")
    void rightPasswordOnStockWildFly_failsClosed() {
        assertEquals(500, statusOnStockWildFly);
    }
}
