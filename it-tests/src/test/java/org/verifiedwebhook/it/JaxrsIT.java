package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.it.jaxrs.AnnotatedServlet;
import org.verifiedwebhook.it.jaxrs.ClaimHooks;
import org.verifiedwebhook.it.jaxrs.DisturbingFilter;
import org.verifiedwebhook.it.jaxrs.EntityHooks;
import org.verifiedwebhook.it.jaxrs.HandMaking;
import org.verifiedwebhook.it.jaxrs.Hooks;
import org.verifiedwebhook.it.jaxrs.Listing;
import org.verifiedwebhook.it.jaxrs.ListingBareClasses;
import org.verifiedwebhook.it.jaxrs.ListingTheFeature;
import org.verifiedwebhook.it.jaxrs.ListingWithoutServices;
import org.verifiedwebhook.it.jaxrs.Misconfigured;
import org.verifiedwebhook.it.jaxrs.NoBeans;
import org.verifiedwebhook.it.jaxrs.NoSecrets;
import org.verifiedwebhook.it.jaxrs.OpenResource;
import org.verifiedwebhook.it.jaxrs.OwnSecrets;
import org.verifiedwebhook.it.jaxrs.Reached;
import org.verifiedwebhook.it.jaxrs.RefusedHooks;
import org.verifiedwebhook.it.jaxrs.Scanning;
import org.verifiedwebhook.it.jaxrs.ScanningWithoutServices;
import org.verifiedwebhook.it.jaxrs.StatelessHook;
import org.verifiedwebhook.it.jaxrs.TwoProviders;

/** The annotation on a server: an annotated method is reached by verified requests, and by no other. */
class JaxrsIT {

    private static final String ERROR_PAGE =
            "<error-page><error-code>418</error-code><location>/r/on-class</location></error-page>";

    /** WARs in which every request is verified. */
    private static final List<String> VERIFYING = List.of(
            "scanning", "listing", "scanning-without-services", "listing-the-feature", "filtered", "exactly-filtered");
    /** A WAR in which none is. */
    private static final String DENYING = "listing-without-services";

    private static final List<String> HOOKS = List.of(
            "on-class",
            "on-method",
            "on-interface",
            "on-generic-interface",
            "on-superclass",
            "method-over-class",
            "stateless",
            "root/sub",
            "root/object",
            "root/class");

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(JaxrsIT.class)
            .systemProperty("webhook.zorio.secret", ZorioRequest.SECRET)
            .systemProperty("webhook.cloudonix-cdr.known-tenants", "any")
            .deploy(
                    "/scanning",
                    hooks("scanning", Scanning.class)
                            .addClasses(EntityHooks.class, ClaimHooks.class, OpenResource.class)
                            .addClass(DisturbingFilter.class)
                            .setWebXML(WebXml.of(ERROR_PAGE)))
            .deploy("/listing", hooks("listing", Listing.class))
            .deploy("/scanning-without-services", hooks("scanning-w", ScanningWithoutServices.class))
            .deploy("/listing-without-services", hooks("listing-w", ListingWithoutServices.class))
            .deploy("/listing-the-feature", hooks("listing-f", ListingTheFeature.class))
            .deploy("/own-secrets", hooks("own-secrets", Listing.class).addClass(OwnSecrets.class))
            .deploy(
                    "/filtered",
                    hooks("filtered", Scanning.class)
                            .addClass(EntityHooks.class)
                            .setWebXML(WebXml.of(ERROR_PAGE, WebXml.filter("zorio", "/r/*"))))
            .deploy(
                    "/exactly-filtered",
                    hooks("exactly-filtered", Scanning.class)
                            .setWebXML(WebXml.of(ERROR_PAGE, WebXml.filter("zorio", "/r/on-class"))))
            .deployFailing(
                    "/several-faults",
                    Deployments.war("faults").addClasses(Scanning.class, RefusedHooks.class, Reached.class))
            .deployFailing(
                    "/annotated-servlet",
                    hooks("annotated-servlet", Scanning.class).addClass(AnnotatedServlet.class))
            .deployFailing(
                    "/two-providers", hooks("two-providers", Scanning.class).addClass(TwoProviders.class))
            .systemProperty("webhook.shortly.secret", "fifteen-bytes-1")
            .systemProperty("webhook.misspelt.max-bdy", "1000")
            .deployFailing(
                    "/no-secret",
                    Deployments.war("no-secret")
                            .addClasses(Scanning.class, NoSecrets.class)
                            .addAsResource(senderFile("hmac-sha256"), "META-INF/webhook-senders/shortly.json"))
            .deployFailing(
                    "/misconfigured",
                    Deployments.war("misconfigured")
                            .addClasses(Scanning.class, Misconfigured.class)
                            .addAsResource(senderFile("hmac-sha265"), "META-INF/webhook-senders/broken.json")
                            .addAsResource(senderFile("hmac-sha256"), "META-INF/webhook-senders/misspelt.json"))
            .deployFailing("/hand-made", hooks("hand-made", HandMaking.class));

    static {
        WebArchive noBean = hooks("no-bean", Scanning.class).addClass(NoBeans.class);
        if (Server.CURRENT == Server.WILDFLY) {
            // RESTEasy makes beans of them.
            SERVER.deploy("/no-bean", noBean);
            SERVER.deploy(
                    "/no-bean-denying",
                    Deployments.war("no-bean-d")
                            .addClasses(ListingBareClasses.class, NoBeans.class, Hooks.class, Reached.class)
                            .addClass(StatelessHook.class));
        } else {
            SERVER.deployFailing("/no-bean", noBean);
        }
    }

    private static StringAsset senderFile(String algorithm) {
        return new StringAsset("{\"alg\":\"" + algorithm
                + "\",\"signature\":[{\"from\":\"header:X-Signature\"}],\"encoding\":\"hex\",\"content\":\"{body}\"}");
    }

    private static WebArchive hooks(String name, Class<?> application) {
        return Deployments.war(name).addClasses(application, Reached.class, StatelessHook.class, Hooks.class);
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final String body = "body " + UUID.randomUUID();

    static Stream<Arguments> verifyingHooks() {
        // Where all is scanned, Jersey takes the interface for the resource, and cannot make one of it.
        return Stream.concat(
                VERIFYING.stream().flatMap(war -> HOOKS.stream().map(hook -> Arguments.of(war, hook))),
                Stream.of("listing", "listing-the-feature").map(war -> Arguments.of(war, "on-path-interface")));
    }

    static Stream<String> hooks() {
        return Stream.concat(HOOKS.stream(), Stream.of("on-path-interface"));
    }

    @ParameterizedTest
    @MethodSource("verifyingHooks")
    void signedRequest_reachesTheMethod(String war, String hook) throws Exception {
        HttpResponse<String> answer = send(ZorioRequest.signed(uri(war, hook), body));
        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals(body, answer.body());
    }

    @ParameterizedTest
    @MethodSource("verifyingHooks")
    void unsignedRequest_doesNotReachTheMethod(String war, String hook) throws Exception {
        int before = reached(war, hook);
        assertEquals(401, send(ZorioRequest.unsigned(uri(war, hook), body)).statusCode());
        HttpRequest.Builder wrong =
                ZorioRequest.unsigned(uri(war, hook), body).header("X-Zorio-Signature", "sha256=" + "0".repeat(64));
        assertEquals(401, send(wrong).statusCode());
        assertEquals(before, reached(war, hook));
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void featureIgnored_nothingReachesTheMethod(String hook) throws Exception {
        int before = reached(DENYING, hook);
        HttpResponse<String> unsigned = send(ZorioRequest.unsigned(uri(DENYING, hook), body));
        HttpResponse<String> signed = send(ZorioRequest.signed(uri(DENYING, hook), body));
        assertEquals(503, unsigned.statusCode());
        assertEquals(503, signed.statusCode());
        assertTrue(signed.headers().firstValue("Retry-After").isPresent());
        assertEquals(before, reached(DENYING, hook));
        assertTrue(SERVER.log().contains("remove jakarta.ws.rs.loadServices=false"));
    }

    @Test
    void unsignedRequestToAPathOnAnInterface_neverReachesTheMethod() throws Exception {
        for (String war : VERIFYING) {
            int before = reached(war, "on-path-interface");
            int status = send(ZorioRequest.unsigned(uri(war, "on-path-interface"), body))
                    .statusCode();
            assertTrue(status >= 400, war + " " + status);
            assertEquals(before, reached(war, "on-path-interface"), war);
        }
    }

    @Test
    void requestOverHttp2_isVerifiedToo() throws Exception {
        // The first request asks for the upgrade.
        reached("scanning", "on-class");
        HttpResponse<String> unsigned = send(ZorioRequest.unsigned(uri("scanning", "on-class"), body));
        HttpResponse<String> signed = send(ZorioRequest.signed(uri("scanning", "on-class"), body));
        assertEquals(HttpClient.Version.HTTP_2, signed.version());
        assertEquals(401, unsigned.statusCode());
        assertEquals(200, signed.statusCode());
        assertEquals(body, signed.body());
    }

    @Test
    void methodWithoutAnnotation_isOpen() throws Exception {
        assertEquals(
                200, send(HttpRequest.newBuilder(uri("scanning", "on-method"))).statusCode());
    }

    @Test
    void getOfAnAnnotatedClass_isVerifiedToo() throws Exception {
        int before = reached("scanning", "on-class");
        int status = send(HttpRequest.newBuilder(uri("scanning", "on-class"))).statusCode();
        assertEquals(400, status, "no timestamp");
        assertEquals(before, reached("scanning", "on-class"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r/on-class;x=y",
                "r;x=y/on-class",
                "r/on-class/",
                "r//on-class",
                "//r/on-class",
                "r/./on-class",
                "r/x/../on-class",
                "r/%2e/on-class",
                "r/%2E/on-class",
                "r/%6Fn-class",
                "r/on%2dclass",
                "r/on%2Dclass",
                "%72/on-class",
                "r%2Fon-class",
                "R/ON-CLASS",
                "r/on-class%3bx",
                "r/on-class%00",
                "r/on-class?x=y"
            })
    void unsignedRequestToAnotherSpelling_doesNotReachTheMethod(String spelling) throws Exception {
        for (String war : List.of("scanning", "filtered", "exactly-filtered", DENYING)) {
            int before = reached(war, "on-class");
            URI uri = URI.create(SERVER.uri("") + war + "/" + spelling);
            int status = send(ZorioRequest.unsigned(uri, body)).statusCode();
            assertTrue(status >= 400, war + " " + status);
            assertEquals(before, reached(war, "on-class"), war);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"r/on-class;x=y", "r/on-class/", "r/on-class?x=y"})
    void signedRequestToAnotherSpelling_reachesTheMethod(String spelling) throws Exception {
        URI uri = URI.create(SERVER.uri("") + "scanning/" + spelling);
        assertEquals(200, send(ZorioRequest.signed(uri, body)).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORWARD", "INCLUDE", "ASYNC", "ERROR"})
    void dispatchOfAnUnsignedRequest_doesNotReachTheMethod(String type) throws Exception {
        for (String path : List.of("r/on-class", "other")) {
            int before = reached("scanning", "on-class");
            URI uri = SERVER.uri("scanning/" + path);
            send(ZorioRequest.unsigned(uri, body).header("X-Disturb", type));
            assertEquals(before, reached("scanning", "on-class"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORWARD", "INCLUDE", "ASYNC", "ERROR"})
    void dispatchOfASignedRequest_reachesTheMethod(String type) throws Exception {
        int before = reached("scanning", "on-class");
        HttpResponse<String> answer =
                send(ZorioRequest.signed(uri("scanning", "on-class"), body).header("X-Disturb", type));
        assertEquals(before + 1, reached("scanning", "on-class"), () -> answer.statusCode() + answer.body());
    }

    @Test
    void bodyReadBefore_isOurFault() throws Exception {
        String form = "a=" + UUID.randomUUID();
        int before = reached("scanning", "on-class");
        HttpRequest.Builder request = ZorioRequest.signed(uri("scanning", "on-class"), form)
                .setHeader("Content-Type", "application/x-www-form-urlencoded");
        assertEquals(503, send(request.copy().header("X-Disturb", "CONSUME")).statusCode());
        assertEquals(before, reached("scanning", "on-class"));
        assertEquals(200, send(request).statusCode());
    }

    @Test
    void bodyOverTheCap_isRefused() throws Exception {
        String tooLong = "x".repeat((1 << 20) + 1);
        assertEquals(
                413,
                send(ZorioRequest.signed(uri("scanning", "on-class"), tooLong)).statusCode());
        HttpRequest.Builder chunked = ZorioRequest.signed(uri("scanning", "on-class"), tooLong)
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(tooLong.getBytes(StandardCharsets.UTF_8))));
        assertEquals(413, send(chunked).statusCode());
        String longest = "x".repeat(1 << 20);
        assertEquals(
                200,
                send(ZorioRequest.signed(uri("scanning", "on-class"), longest)).statusCode());
    }

    @Test
    void chunkedBody_isVerified() throws Exception {
        HttpRequest.Builder chunked = ZorioRequest.signed(uri("scanning", "on-class"), body)
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        assertEquals(body, send(chunked).body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json   | application/json                  | {\"event\":\"paid\",\"amount\":7} | paid 7",
                "bytes  | application/octet-stream          | some bytes                        | some bytes",
                "string | text/plain;charset=UTF-8          | some text è                       | some text è",
                "stream | text/plain                        | some text                         | some text",
                "form   | application/x-www-form-urlencoded | a=1%202+3&b=x&b=%C3%A8            | 1 2 3 [x, è]",
                "map    | application/x-www-form-urlencoded | a=1%202+3&b=y&b=%C3%A8            | 1 2 3 [y, è]"
            })
    void verifiedBody_isBoundAsUsual(String hook, String type, String sent, String got) throws Exception {
        HttpResponse<String> answer = send(
                ZorioRequest.signed(uri("scanning", "entity/" + hook), sent).setHeader("Content-Type", type));
        assertEquals(200, answer.statusCode());
        assertEquals(got, answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scanning", "filtered"})
    void formParametersOfTheQuery_areNotBoundInPlaceOfTheVerifiedOnes(String war) throws Exception {
        String form = "a=1&b=" + UUID.randomUUID();
        for (String hook : List.of("form", "map")) {
            URI uri = URI.create(uri(war, "entity/" + hook) + "?a=9&c=9");
            HttpResponse<String> answer = send(ZorioRequest.signed(uri, form + "&hook=" + hook)
                    .setHeader("Content-Type", "application/x-www-form-urlencoded"));
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().startsWith("1 ["), answer.body());
        }
    }

    @Test
    void delivery_isInjected() throws Exception {
        String event = "{\"event\":\"ticket.created\",\"n\":\"%s\"}".formatted(UUID.randomUUID());
        assertEquals(
                "zorio ticket.created SIGNED secret webhook:zorio false true",
                send(ZorioRequest.signed(uri("scanning", "entity/delivery"), event))
                        .body());
    }

    @Test
    void deliveryOutsideOfAnAdmittedRequest_saysWhere() throws Exception {
        String message =
                send(HttpRequest.newBuilder(uri("scanning", "open/delivery"))).body();
        assertTrue(message.contains("@VerifiedWebhook"), message);
    }

    @Test
    void callFromAnOpenResource_doesNotReachTheMethod() throws Exception {
        int before = reached("scanning", "on-class");
        assertEquals(
                503, send(HttpRequest.newBuilder(uri("scanning", "open/hook"))).statusCode());
        assertEquals(before, reached("scanning", "on-class"));
    }

    @ParameterizedTest
    @CsvSource({"ok, 200", "no-entity, 204", "long-answer, 200", "suspended, 200", "stage, 200"})
    void copyOfAHandledDelivery_isNotHandledAgain(String hook, int status) throws Exception {
        HttpRequest request =
                ZorioRequest.signed(uri("scanning", "claims/" + hook), body).build();
        int before = reached("scanning", hook);
        HttpResponse<String> first = client.send(request, BodyHandlers.ofString());
        HttpResponse<String> second = client.send(request, BodyHandlers.ofString());
        assertEquals(status, first.statusCode());
        assertEquals("Duplicate", second.body());
        assertEquals(before + 1, reached("scanning", hook));
    }

    @ParameterizedTest
    @CsvSource({
        "client-error, 422",
        "too-many, 429",
        "unavailable, 503",
        "throws, 500",
        "throws-error, 500",
        "unwritable, 500",
        "suspended-throws, 500",
        "stage-throws, 500"
    })
    void retryOfAFailedDelivery_isHandledAgain(String hook, int status) throws Exception {
        HttpRequest request =
                ZorioRequest.signed(uri("scanning", "claims/" + hook), body).build();
        int before = reached("scanning", hook);
        assertEquals(status, client.send(request, BodyHandlers.ofString()).statusCode());
        assertEquals(status, client.send(request, BodyHandlers.ofString()).statusCode());
        assertEquals(before + 2, reached("scanning", hook));
    }

    @Test
    void copy_isHandledWhereThatIsAskedFor() throws Exception {
        HttpRequest request =
                ZorioRequest.signed(uri("scanning", "claims/copies"), body).build();
        int before = reached("scanning", "copies");
        assertEquals("handled", client.send(request, BodyHandlers.ofString()).body());
        assertEquals("handled", client.send(request, BodyHandlers.ofString()).body());
        assertEquals(before + 2, reached("scanning", "copies"));
    }

    @Test
    void ownSecretProvider_replacesTheSettings() throws Exception {
        int accepted = reached("own-secrets", "ACCEPTED");
        int rejected = reached("own-secrets", "REJECTED");
        URI uri = uri("own-secrets", "on-class");
        assertEquals(
                200, send(ZorioRequest.signed(uri, body, OwnSecrets.SECRET)).statusCode());
        assertEquals(401, send(ZorioRequest.signed(uri, body)).statusCode());
        assertEquals(accepted + 1, reached("own-secrets", "ACCEPTED"), "its observer is told, and fails");
        assertEquals(rejected + 1, reached("own-secrets", "REJECTED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$UnknownSender.hook(): unknown sender 'zorrio' | did you mean 'zorio'?",
                "$UnsignedSender.hook(): sender 'cloudonix-cdr' signs nothing | accept = Assurance.IDENTIFIED",
                "$NeverAsMuch.hook(): sender 'cloudonix-voice' never proves as much | it gives TOKEN",
                "$AnnotatedHelper.helper() is annotated with @VerifiedWebhook and handles no requests | has @POST",
                "$AnnotatedHelper.helper() is annotated with @VerifiedWebhook and handles no requests | WebhookFilter",
                "$AnnotatedServletClass carries @VerifiedWebhook and has no resource method | WebhookFilter",
                "$AnnotatedRootOfLocator.sub() is a sub-resource locator | the methods of the sub-resource",
                "$AnnotatedLocator.sub() is a sub-resource locator | the methods of the sub-resource"
            })
    void deploymentFaults_areToldInOneMessage(String fault, String cure) throws Exception {
        assertEquals(
                404,
                send(ZorioRequest.signed(uri("several-faults", "misspelt"), body))
                        .statusCode());
        String message = SERVER.log().split("refuses this deployment:", -1)[1];
        assertTrue(
                message.lines().anyMatch(line -> line.contains(fault) && line.contains(cure)),
                fault + " in " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$BrokenFile.hook(): | sender file broken.json: alg | hmac-sha256",
                "$MisspeltSetting.hook(): | webhook/misspelt/max-bdy | max-body"
            })
    void wrongFilesAndSettings_areToldInOneMessage(String where, String wrong, String cure) throws Exception {
        assertStopped("misconfigured", "broken-file");
        String message = SERVER.log()
                .lines()
                .filter(line -> line.contains(where))
                .findFirst()
                .orElse("");
        assertTrue(message.contains(wrong) && message.contains(cure), message);
    }

    @Test
    void secretThatIsTooShort_stopsTheDeployment() throws Exception {
        assertStopped("no-secret", "short-secret");
        String log = SERVER.log();
        assertTrue(log.contains(
                "$ShortSecret.hook(): setting webhook/shortly/secret is shorter than 16 bytes: use a longer"));
        // Payara Server prints the options of its JVM.
        assertTrue(
                log.lines().noneMatch(line -> line.contains("fifteen-bytes-1") && !line.startsWith("-D")), "the value");
    }

    @Test
    void noSecret_stopsTheDeployment() throws Exception {
        assertStopped("no-secret", "edgvoip");
        assertTrue(SERVER.log()
                .contains("$NoSecret.hook(): sender 'cloudonix-status' has no secret: bind it in JNDI as"
                        + " webhook/cloudonix-status/secret"));
    }

    @Test
    void severalSecretProviders_stopTheDeployment() throws Exception {
        assertStopped("two-providers", "on-class");
        assertTrue(SERVER.log().contains("there are several beans of type SecretProvider"));
    }

    @Test
    void servletWithTheAnnotation_stopsTheDeployment() throws Exception {
        assertStopped("annotated-servlet", "annotated-servlet");
        String fault = "AnnotatedServlet.doPost() is annotated with @VerifiedWebhook and handles no requests";
        assertTrue(SERVER.log().lines().anyMatch(line -> line.contains(fault) && line.contains("WebhookFilter")));
    }

    @Test
    void resourceMadeByTheApplication_stopsTheDeployment() throws Exception {
        assertStopped("hand-made", "on-class");
        assertTrue(SERVER.log().contains("HandMaking.getSingletons() makes a"));
    }

    @Test
    @DisabledOnServer(value = Server.WILDFLY, reason = "every JAX-RS class is made a CDI bean there")
    void annotatedClassThatIsNoBean_stopsTheDeployment() throws Exception {
        assertStopped("no-bean", "bare");
        assertTrue(SERVER.log().contains("NoBeans$NoBean is not a CDI bean"));
        assertTrue(SERVER.log().contains("NoBeans$NoBeanWithLocator is not a CDI bean"));
    }

    @Test
    @DisabledOnServer(
            value = {Server.PAYARA_MICRO, Server.PAYARA_SERVER},
            reason = "a class without a scope is no bean there, and stops the deployment")
    void annotatedClassThatTheServerMakesABean_isVerified() throws Exception {
        for (String hook : List.of("bare", "bare-root/sub")) {
            assertEquals(
                    401, send(ZorioRequest.unsigned(uri("no-bean", hook), body)).statusCode());
            assertEquals(
                    503,
                    send(ZorioRequest.signed(uri("no-bean-denying", hook), body))
                            .statusCode());
        }
        assertEquals(
                200, send(ZorioRequest.signed(uri("no-bean", "bare"), body)).statusCode());
    }

    private void assertStopped(String war, String hook) throws Exception {
        int status = send(ZorioRequest.signed(uri(war, hook), body)).statusCode();
        assertTrue(status == 404 || status == 500, Integer.toString(status));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(String war, String hook) {
        return SERVER.uri(war + "/r/" + hook);
    }

    private int reached(String war, String hook) throws IOException, InterruptedException {
        String what = hook.startsWith("root/") ? "sub" : hook;
        return Integer.parseInt(send(HttpRequest.newBuilder(SERVER.uri(war + "/reached?" + what)))
                .body());
    }
}
