package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample under the demo switch, from outside: its answers, its page, and the commands on that page. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoSampleIT {

    private static final Pattern COMMAND =
            Pattern.compile("answers (\\d+)</span>.*?<code>(curl .*?)</code>", Pattern.DOTALL);

    @RegisterExtension
    static final ServerExtension SERVER = DemoSample.SHARED;

    @Test
    @DisabledOnServer(value = Server.PAYARA_MICRO, reason = "it deploys no EAR at all")
    void applicationInTheEar_isReadyAtTheRoot() throws IOException {
        assertInstanceOf(EnterpriseArchive.class, Deployments.sample(), "what was deployed");
        RawHttp.Answer answer = RawHttp.request(SERVER.uri(""), "GET", "/ready").send();
        assertEquals("200 ready", answer.status() + " " + answer.body());
    }

    @Test
    void edgvoipsEvent_isAcknowledgedAsItsGuideSays() throws IOException {
        RawHttp.Answer answer = DemoSample.edgvoip(
                        SERVER, DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, "ack-1"), DemoSample.EDGVOIP_SECRET)
                .send();
        assertEquals(200, answer.status());
        assertEquals(
                "{\"success\":true,\"message\":\"Webhook received and verified\",\"request_id\":\"request-1\"}",
                answer.body());
        assertEquals("application/json", answer.header("Content-Type"));
    }

    @Test
    void eventOfAnotherTenantsSecret_isRefused() throws IOException {
        RawHttp.Answer answer = DemoSample.edgvoip(
                        SERVER, DemoSample.edgvoipBody("w3suite-tenant-002", "x-1"), DemoSample.EDGVOIP_SECRET)
                .send();
        assertEquals(401, answer.status());
    }

    @Test
    void unknownEventType_isAccepted() throws Exception {
        String body = "{\"type\":\"call.teleported\",\"tenant_external_id\":\"" + DemoSample.EDGVOIP_TENANT + "\"}";
        assertEquals(
                200,
                DemoSample.edgvoip(SERVER, body, DemoSample.EDGVOIP_SECRET)
                        .send()
                        .status());
        awaitLog("Event of unknown type call.teleported from edgvoip");
    }

    @Test
    void signedBodyThatDoesNotBind_isAcknowledgedAndDeadLettered() throws Exception {
        String body = "{\"type\":\"call.ended\",\"tenant_external_id\":\"" + DemoSample.EDGVOIP_TENANT
                + "\",\"data\":{\"duration\":\"long\"}}";
        RawHttp.Answer answer =
                DemoSample.edgvoip(SERVER, body, DemoSample.EDGVOIP_SECRET).send();
        assertEquals(200, answer.status(), answer.body());
        awaitLog("sender=edgvoip state=DEAD attempts=1: the body does not bind to");
        assertFalse(SERVER.log().contains("\"long\""), "a body is in the log");
    }

    private static void awaitLog(String text) throws InterruptedException {
        for (int i = 0; i < 300 && !SERVER.log().contains(text); i++) {
            Thread.sleep(100);
        }
        assertTrue(SERVER.log().contains(text), text);
    }

    @Test
    void call_isRoutedByTheDatabase() throws IOException {
        String body = "{\"from\":\"+14155551234\",\"to\":\"" + DemoSample.VOICE_DID + "\",\"call_id\":\"c1\"}";
        RawHttp.Answer answer = DemoSample.voice(SERVER, "route", body).send();
        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.header("Content-Type").startsWith("application/xml"));
        assertTrue(answer.body().contains("<Dial timeout=\"30\">+14155551001</Dial>"), answer.body());
    }

    @Test
    void menuChoice_isDialledByTheDatabase() throws IOException {
        String body = "{\"to\":\"" + DemoSample.VOICE_DID + "\",\"digits\":\"1\",\"call_id\":\"c2\"}";
        RawHttp.Answer answer = DemoSample.voice(SERVER, "ivr-input", body).send();
        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.body().contains("+14155551001</Dial>"), answer.body());
    }

    @Test
    void ringGroup_goesOnWithItsNextMember() throws IOException {
        String body = "{\"to\":\"" + DemoSample.VOICE_DID + "\",\"call_id\":\"c3\",\"DialCallStatus\":\"no-answer\"}";
        RawHttp.Answer answer = DemoSample.voice(SERVER, "ring-group-callback?group=support&member=1", body)
                .send();
        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.body().contains("+14155551002</Dial>"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"call-initiated", "call-status", "session-update"})
    void statusWebhook_isAcknowledgedAsTheGuideSays(String kind) throws IOException {
        String body = "{\"call_id\":\"" + kind + "\",\"status\":\"completed\",\"duration\":120}";
        RawHttp.Answer answer = RawHttp.post(SERVER.uri("hooks/cloudonix/" + kind))
                .header("Content-Type", "application/json")
                .header("X-Cloudonix-Signature", Signed.sha256(DemoSample.STATUS_SECRET, body))
                .body(body)
                .send();
        assertEquals(200, answer.status(), answer.body());
        assertEquals("{\"status\":\"received\",\"message\":\"Webhook processed successfully\"}", answer.body());
    }

    @Test
    void callOfAnotherOrganisationsNumber_isRefusedInCxml() throws IOException {
        RawHttp.Answer answer =
                DemoSample.voice(SERVER, "route", "{\"to\":\"+14155558888\"}").send();
        assertEquals(401, answer.status());
        assertEquals(Server.CURRENT.xmlOfJaxrs(), answer.header("Content-Type"));
        assertTrue(answer.body().contains("Unauthorized. Authentication failed."));
    }

    @Test
    void record_isTakenOfAKnownDomainOnly() throws IOException {
        RawHttp.Answer known = DemoSample.record(SERVER, "cdr-1").send();
        assertEquals(200, known.status(), known.body());
        assertEquals("{\"status\":\"received\",\"message\":\"Webhook processed successfully\"}", known.body());
    }

    @Test
    void everyCommandOnThePage_answersAsThePageSays() throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "curl is not installed");
        List<String> senders = new ArrayList<>();
        Matcher command = COMMAND.matcher(page());
        while (command.find()) {
            String line = unescape(command.group(2));
            assertEquals(Integer.parseInt(command.group(1)), status(line), line);
            senders.add(line);
        }
        assertTrue(senders.size() >= 9, senders.size() + " commands");
        String after = page();
        for (String sender : List.of("edgvoip", "chaindoc", "cloudonix-status", "zorio", "signalwire")) {
            assertTrue(after.contains(sender), sender);
        }
        assertTrue(after.contains("signature-mismatch"), "the refused one and its reason");
    }

    private static String page() throws IOException {
        RawHttp.Answer page = RawHttp.request(SERVER.uri(""), "GET", "/").send();
        assertEquals(200, page.status());
        assertTrue(page.header("Content-Security-Policy").contains("default-src 'none'"));
        return page.body();
    }

    private static String unescape(String html) {
        return html.replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static int status(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(shell.waitFor(30, TimeUnit.SECONDS), command);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void hostileDeliveryId_isHarmlessOnThePage() throws IOException {
        String body = DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, "hostile-1");
        RawHttp.Answer answer = RawHttp.post(SERVER.uri("hooks/edgvoip"))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Signature", "sha256=" + Signed.sha256(DemoSample.EDGVOIP_SECRET, body))
                .header("X-Request-ID", "<script>alert(1)</script>")
                .body(body)
                .send();
        assertEquals(200, answer.status());
        assertFalse(page().contains("<script"), "a script reached the page");
    }

    @Test
    void log_hasALineForEachOutcomeAndNoSecret() throws IOException {
        DemoSample.edgvoip(
                        SERVER, DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, "log-1"), DemoSample.EDGVOIP_SECRET)
                .send();
        DemoSample.edgvoip(SERVER, DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, "log-2"), "not-the-secret-at-all")
                .send();
        String log = SERVER.log();
        assertTrue(
                log.lines()
                        .anyMatch(l -> l.contains("webhook accepted sender=edgvoip")
                                && l.contains("tenant=" + DemoSample.EDGVOIP_TENANT)
                                && l.contains("path=/hooks/edgvoip")
                                && l.contains("secret=demo")),
                "the accepted one");
        assertTrue(
                log.lines().anyMatch(l -> l.contains("webhook rejected sender=edgvoip reason=signature-mismatch")),
                "the rejected one");
        assertFalse(log.contains(DemoSample.EDGVOIP_SECRET), "a secret is in the log");
        assertFalse(log.contains(DemoSample.VOICE_TOKEN), "a token is in the log");
        assertFalse(log.contains("log-2"), "a body is in the log");
    }

    /** What SignalWire signed is the URL it called; the server sees another scheme, host and port. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/hooks/signalwire",
                "https://hooks.example.com:8443/hooks/signalwire",
                "https://hooks.example.com/hooks/signalwire?to=%2F%3f&to=x&to=%78",
                "https://hooks.example.com:8443/hooks/signalwire?b=2%2fc&a=1%3Fd&b=1"
            })
    void signalWiresCallThroughAProxy_isVerifiedByTheUrlItCalled(String url) throws Exception {
        Assumptions.assumeTrue(TlsEnd.executable().isPresent(), "nginx is not installed");
        try (TlsEnd proxy = TlsEnd.before(SERVER.uri(""))) {
            RawHttp.Answer good = call(proxy.uri(), url, url);
            assertEquals(200, good.status(), good.body());
            assertTrue(good.body().contains("<Say "), good.body());
            assertEquals(
                    401, call(proxy.uri(), url, url.replace("https:", "http:")).status());
            assertEquals(
                    401,
                    call(proxy.uri(), url, url.replace("hooks.example", "inner.example"))
                            .status());
        }
    }

    private static RawHttp.Answer call(URI proxy, String called, String signed) throws IOException {
        URI url = URI.create(called);
        String sid = UUID.randomUUID().toString();
        String tag = Signed.base64(
                "HmacSHA1",
                DemoSample.SIGNALWIRE_SECRET,
                signed + "CallSid" + sid + "CallStatusringingFrom+39 06TobToa");
        String target = called.substring(called.indexOf("/hooks/"));
        return RawHttp.request(proxy, "POST", target)
                .host(url.getAuthority())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-SignalWire-Signature", tag)
                .body("CallSid=" + sid + "&CallStatus=ringing&From=%2B39+06&To=b&To=a")
                .send();
    }

    /** The last, because the log is sampled under so many refusals. */
    @Test
    @Order(Integer.MAX_VALUE)
    void knownAndUnknownTenant_areToldApartByNothing() throws IOException {
        new TenantTiming(SERVER.uri("")).checkKnownAndUnknown();
    }
}
