package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.verifiedwebhook.SignedRequests.NOW;
import static org.verifiedwebhook.SignedRequests.SECRET;
import static org.verifiedwebhook.SignedRequests.hex;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.embedded.CapturedLog;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Senders;

/** What a user's own sender file can ask for and no built-in one does. */
class OwnSenderTest {

    private static final String OTHER = "another-secret-that-is-just-as-long-as-the-first-one-is-by-far";
    private static final byte[] BODY = utf8("{\"type\":\"paid\"}");
    private static final String PLAIN =
            "'alg':'hmac-sha256','signature':[{'from':'header:X-Sig'}],'encoding':'hex','content':'{body}'";

    private final List<SecretRequest> asked = new ArrayList<>();
    private SecretSet secrets = SecretSet.of(Secret.ofText("first", SECRET));

    private TestGate gate(String file, String... settings) {
        return TestGate.with(
                b -> b.senders(Senders.of(Map.of("own", "{" + file.replace('\'', '"') + "}")))
                        .secrets(r -> {
                            asked.add(r);
                            return secrets;
                        }),
                settings);
    }

    private static WebhookRequest.Builder post(byte[] body) {
        return WebhookRequest.of("POST", "https://hooks.example.com/hooks/own").body(body);
    }

    private static WebhookRequest.Builder signed() {
        return post(BODY).header("X-Sig", hex("HmacSHA256", SECRET, BODY));
    }

    private static Optional<Reason> reason(TestGate gate, WebhookRequest.Builder request) {
        return gate.gate.verify("own", request.build()) instanceof Verdict.Rejected rejected
                ? Optional.of(rejected.reason())
                : Optional.empty();
    }

    private static void verified(TestGate gate, WebhookRequest.Builder request) {
        assertEquals(Optional.empty(), reason(gate, request));
    }

    private static void refused(Reason expected, TestGate gate, WebhookRequest.Builder request) {
        assertEquals(Optional.of(expected), reason(gate, request));
    }

    private static WebhookDelivery delivery(TestGate gate, WebhookRequest.Builder request) {
        return assertInstanceOf(Verdict.Verified.class, gate.gate.verify("own", request.build()))
                .delivery();
    }

    @Test
    void schemeWithACondition_isMeantOnlyIfItHolds() {
        TestGate gate = gate("'schemes':[{'scheme':'two','when':{'header:X-Version':'2'},"
                + "'alg':'hmac-sha256','signature':[{'from':'header:X-Sig'}],'encoding':'hex','content':'2.{body}'},"
                + "{'scheme':'one'," + PLAIN + "}]");
        String two = hex("HmacSHA256", SECRET, SignedRequests.concat(utf8("2."), BODY));
        verified(gate, signed());
        verified(gate, signed().header("X-Version", "1"));
        verified(gate, signed().header("X-Version", "2").header("X-Version", "2"));
        verified(gate, post(BODY).header("X-Version", "2").header("X-Sig", two));
        refused(Reason.SIGNATURE_MISMATCH, gate, signed().header("X-Version", "2"));
        refused(Reason.SIGNATURE_MISMATCH, gate, post(BODY).header("X-Sig", two));
    }

    @Test
    void requiredHeader_mustHaveTheConfiguredValueOnce() {
        TestGate gate = gate(PLAIN + ",'require':{'header:X-Hook':'h-{hook}'}", "own/config/hook", "42");
        verified(gate, signed().header("X-Hook", "h-42"));
        refused(Reason.REQUIREMENT_UNMET, gate, signed());
        refused(Reason.REQUIREMENT_UNMET, gate, signed().header("X-Hook", "h-43"));
        refused(Reason.REQUIREMENT_UNMET, gate, signed().header("X-Hook", "h-{hook}"));
        refused(
                Reason.REQUIREMENT_UNMET,
                gate,
                signed().header("X-Hook", "h-42").header("X-Hook", "h-42"));
    }

    @ParameterizedTest
    @CsvSource({"{hook}, 4$2", "{hook}-{hook}, 4$2-4$2", "}{hook}{, }4$2{", "{}, {}", "plain, plain", "{hook, {hook"})
    void configuredValue_standsWhereItsNameStood(String template, String value) {
        TestGate gate = gate(PLAIN + ",'require':{'header:X-Hook':'" + template + "'}", "own/config/hook", "4$2");
        verified(gate, signed().header("X-Hook", value));
        refused(Reason.REQUIREMENT_UNMET, gate, signed().header("X-Hook", value + "x"));
    }

    @Test
    void configuredValueThatIsMissing_isOurFaultAndNamed() {
        TestGate gate = gate(PLAIN + ",'require':{'header:X-Hook':'{hook}'}");
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            refused(Reason.SECRET_UNAVAILABLE, gate, signed().header("X-Hook", ""));
            assertEquals(1, log.count("sender own: no secret to be had", "setting webhook/own/config/hook is missing"));
        }
    }

    @Test
    void configuredContent_isSigned() {
        TestGate gate = gate(PLAIN.replace("{body}", "{config:hook}.{body}"), "own/config/hook", "42");
        verified(gate, post(BODY).header("X-Sig", hex("HmacSHA256", SECRET, SignedRequests.concat(utf8("42."), BODY))));
        refused(Reason.SIGNATURE_MISMATCH, gate, signed());
    }

    @Test
    void keyThatTheRequestNames_isAskedForIfItIsOne() {
        TestGate gate = gate(PLAIN + ",'key':{'source':'header:X-Key'}");
        verified(gate, signed().header("X-Key", "k1"));
        verified(gate, signed().header("X-Key", "k1").header("X-Key", "k2"));
        verified(gate, signed());
        assertEquals(
                List.of(Optional.of("k1"), Optional.empty()),
                asked.stream().map(SecretRequest::keyId).toList());
    }

    @Test
    void signatureWithAPlace_matchesTheSecretAtThatPlaceOnly() {
        TestGate gate = gate(PLAIN.replace(
                "{'from':'header:X-Sig'}", "{'from':'header:X-Old','key':0},{'from':'header:X-New','key':1}"));
        String old = hex("HmacSHA256", SECRET, BODY);
        String young = hex("HmacSHA256", OTHER, BODY);
        secrets = SecretSet.of(Secret.ofText("first", SECRET), Secret.ofText("second", OTHER));
        assertEquals(
                Optional.of("first"),
                delivery(gate, post(BODY).header("X-Old", old)).secretLabel());
        assertEquals(
                Optional.of("second"),
                delivery(gate, post(BODY).header("X-New", young)).secretLabel());
        assertEquals(
                Optional.of("second"),
                delivery(gate, post(BODY).header("X-Old", young).header("X-New", young))
                        .secretLabel());
        refused(Reason.SIGNATURE_MISMATCH, gate, post(BODY).header("X-Old", young));
        refused(Reason.SIGNATURE_MISMATCH, gate, post(BODY).header("X-New", old));
    }

    /** The second secret does not move up because the first has ended. */
    @Test
    void placeOfASecret_countsThoseThatHaveEnded() {
        TestGate gate = gate(PLAIN.replace(
                "{'from':'header:X-Sig'}", "{'from':'header:X-Old','key':0},{'from':'header:X-New','key':1}"));
        secrets = SecretSet.of(Secret.ofText("first", SECRET).validUntil(NOW), Secret.ofText("second", OTHER));
        verified(gate, post(BODY).header("X-New", hex("HmacSHA256", OTHER, BODY)));
        refused(Reason.SIGNATURE_MISMATCH, gate, post(BODY).header("X-Old", hex("HmacSHA256", OTHER, BODY)));
        refused(Reason.SIGNATURE_MISMATCH, gate, post(BODY).header("X-Old", hex("HmacSHA256", SECRET, BODY)));
    }

    @Test
    void idOfTheScheme_goesBeforeThatOfTheSender() {
        String withId = PLAIN.replace("{body}", "{id}.{body}") + ",'id':{'from':'header:X-Id'}";
        TestGate gate = gate("'schemes':[{'scheme':'one'," + withId + "}],'id':{'from':'header:X-Other'}");
        WebhookRequest.Builder request = post(BODY)
                .header("X-Id", "signed")
                .header("X-Other", "unsigned")
                .header("X-Sig", hex("HmacSHA256", SECRET, SignedRequests.concat(utf8("signed."), BODY)));
        assertEquals(Optional.of("signed"), delivery(gate, request).id());
        assertEquals(true, delivery(gate, request).idSigned());
    }

    @Test
    void eventInAnUnsignedHeader_isNotTold() {
        assertEquals(
                Optional.empty(),
                delivery(gate(PLAIN + ",'event':{'from':'header:X-Event'}"), signed().header("X-Event", "paid"))
                        .eventType());
        assertEquals(
                Optional.of("paid"),
                delivery(gate(PLAIN + ",'event':{'from':'json:/type'}"), signed())
                        .eventType());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x07, 0x1b, 0x7f, 0x9b})
    void idAndEventWithAControlCharacter_areNotTold(int control) {
        TestGate gate = gate(PLAIN + ",'id':{'from':'header:X-Id'},'event':{'from':'json:/type'}");
        byte[] body = utf8(String.format("{\"type\":\"paid\\u%04x\"}", control));
        WebhookDelivery delivery = delivery(
                gate,
                post(body).header("X-Id", "id" + (char) control).header("X-Sig", hex("HmacSHA256", SECRET, body)));
        assertEquals(Optional.empty(), delivery.id());
        assertEquals(Optional.empty(), delivery.eventType());
    }

    @Test
    void emptyBodyThatAnnouncesItself_isEmptyAndNotConsumed() {
        TestGate gate = gate(PLAIN);
        byte[] none = {};
        String tag = hex("HmacSHA256", SECRET, none);
        refused(Reason.BODY_EMPTY, gate, post(none).header("X-Sig", tag).header("Content-Length", "0"));
        refused(Reason.BODY_EMPTY, gate, post(none).header("X-Sig", tag).header("Content-Length", " 0 "));
        refused(Reason.BODY_EMPTY, gate, post(none).header("X-Sig", tag));
        refused(Reason.BODY_CONSUMED, gate, post(none).header("X-Sig", tag).header("Content-Length", "15"));
        refused(Reason.BODY_EMPTY, gate, post(none).header("X-Sig", tag).header("Transfer-Encoding", "chunked"));
    }

    @ParameterizedTest
    @CsvSource({"Ed25519, Ed25519, ed25519", "EC, SHA256withECDSA, ecdsa-p256-sha256", "RSA, SHA256withRSA, rsa-sha256"
    })
    void publicKeySignature_isVerifiedAndItsSecondMakingIsACopy(String family, String jca, String algorithm)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        if (!family.startsWith("Ed")) {
            generator.initialize(family.equals("EC") ? 256 : 2048);
        }
        KeyPair pair = generator.generateKeyPair();
        secrets = SecretSet.of(Secret.ofText(
                "public", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
        TestGate gate = gate("'alg':'" + algorithm + "','signature':[{'from':'header:X-Sig','sep':' '}],"
                + "'encoding':'base64','content':'{body}','key':{'decode':'base64','format':'spki'}");
        byte[] first = sign(jca, pair, BODY);
        String good = Base64.getEncoder().encodeToString(first);
        byte[] spoilt = first.clone();
        spoilt[spoilt.length - 1] ^= 1;
        String bad = Base64.getEncoder().encodeToString(spoilt);
        DeliveryClaim claim = assertInstanceOf(
                        Admission.Admitted.class,
                        gate.gate.admit("own", post(BODY).header("X-Sig", good).build()))
                .claim();
        claim.complete(Answer.text(200, "text/plain", "ok"));
        String again = Base64.getEncoder().encodeToString(sign(jca, pair, BODY));
        assertInstanceOf(
                Admission.Answered.class,
                gate.gate.admit("own", post(BODY).header("X-Sig", again).build()));
        verified(gate, post(BODY).header("X-Sig", bad + " " + good));
        refused(Reason.SIGNATURE_MISMATCH, gate, post(BODY).header("X-Sig", bad));
        byte[] other = utf8("{\"type\":\"other\"}");
        refused(Reason.SIGNATURE_MISMATCH, gate, post(other).header("X-Sig", good));
        String ofOther = Base64.getEncoder().encodeToString(sign(jca, pair, other));
        assertInstanceOf(
                Admission.Admitted.class,
                gate.gate.admit("own", post(other).header("X-Sig", ofOther).build()));
    }

    private static byte[] sign(String jca, KeyPair pair, byte[] content) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(jca);
        signer.initSign(pair.getPrivate());
        signer.update(content);
        return signer.sign();
    }

    @Test
    void secretThatIsNoKey_is503AndNobodyIsVerified() {
        secrets = SecretSet.of(Secret.ofText("broken", "not hex at all, is it"));
        TestGate gate = gate(PLAIN + ",'key':{'decode':'hex'}");
        refused(Reason.SECRET_UNAVAILABLE, gate, signed());
    }

    /** A call detail record has no signature: what tells two apart is the whole request, each part for itself. */
    @Test
    void requestsThatShareTheirTextButNotItsParts_areDifferentDeliveries() {
        String file = "'alg':'identifier','tenant':{'from':'json:/t'},'dedupe':'request'";
        TestGate gate = TestGate.with(b -> b.senders(Senders.of(Map.of("own", "{" + file.replace('\'', '"') + "}")))
                .tenants(claims -> List.of("acme")));
        byte[] body = utf8("{\"t\":\"acme\"}");
        List<String> urls = List.of("/ab?c", "/a?bc", "/abc", "/abd", "/ab?d", "/ac?c");
        for (String url : urls) {
            for (String method : List.of("POST", "PUT", "PATCH")) {
                WebhookRequest request = WebhookRequest.of(method, "https://h.example" + url)
                        .body(body)
                        .build();
                assertInstanceOf(Admission.Admitted.class, gate.gate.admit("own", request), method + " " + url);
                assertInstanceOf(Admission.Answered.class, gate.gate.admit("own", request), method + " " + url);
            }
        }
    }

    @Test
    void thousandSignaturesInOneHeader_areNone() {
        TestGate gate = gate(PLAIN.replace("'}]", "','sep':','}]"));
        String tag = hex("HmacSHA256", SECRET, BODY);
        verified(gate, post(BODY).header("X-Sig", "00,".repeat(31) + tag));
        refused(Reason.SIGNATURE_MALFORMED, gate, post(BODY).header("X-Sig", "00,".repeat(32) + tag));
        assertTrue(tag.length() == 64);
    }

    /** A token proves nothing about the request, so only the request itself can tell it from another. */
    @Test
    void requestUnderATokenThatIsToBeHandledOnce_isACopyByItsContent() {
        TestGate gate = gate("'alg':'token','signature':[{'from':'header:X-Sig'}],'dedupe':'request'");
        for (String body : List.of("{\"n\":1}", "{\"n\":2}")) {
            WebhookRequest request = post(utf8(body)).header("X-Sig", SECRET).build();
            assertInstanceOf(Admission.Admitted.class, gate.gate.admit("own", request));
            assertInstanceOf(Admission.Answered.class, gate.gate.admit("own", request));
        }
    }

    /** The sender signs some requests; of one that it only vouches for by a token, a copy has the same content. */
    @Test
    void requestUnderATokenOfASenderThatSigns_isACopyByItsContent() {
        TestGate gate = gate("'schemes':[{'scheme':'token','when':{'header:X-Kind':'token'},'alg':'token',"
                + "'signature':[{'from':'header:X-Token'}]},{'scheme':'signed'," + PLAIN + "}]");
        for (String body : List.of("{\"n\":1}", "{\"n\":2}")) {
            WebhookRequest request = post(utf8(body))
                    .header("X-Kind", "token")
                    .header("X-Token", SECRET)
                    .build();
            assertInstanceOf(Admission.Admitted.class, gate.gate.admit("own", request));
            assertInstanceOf(Admission.Answered.class, gate.gate.admit("own", request));
        }
    }

    @Test
    void configuredPrefix_isTakenOffTheSignature() {
        TestGate gate = gate(PLAIN.replace("'}]", "','prefix':'{site}='}]"), "own/config/site", "eu");
        String tag = hex("HmacSHA256", SECRET, BODY);
        verified(gate, post(BODY).header("X-Sig", "eu=" + tag));
        refused(Reason.SIGNATURE_MALFORMED, gate, post(BODY).header("X-Sig", "us=" + tag));
    }

    @ParameterizedTest
    @CsvSource({
        "path:1, /acme/x, acme",
        "path:2, /x/acme, acme",
        "path:-1, /x/acme, acme",
        "path:-2, /acme/x, acme",
        "path:1, /a+b%20c/x, a+b c",
        "path:3, /x/acme, ",
        "path:-3, /x/acme, ",
        "path:2, /x/;acme, ",
        "path:2, /x/acme;v=1, ",
        "query:t, /x?t=acme, acme",
        "query:t, /x?t=acme&t=acme, "
    })
    void tenantInTheUrl_isWhereTheFileSays(String place, String url, String tenant) {
        TestGate gate = TestGate.with(b -> b.senders(Senders.of(
                        Map.of("own", ("{" + PLAIN + ",'tenant':{'from':'" + place + "'}}").replace('\'', '"'))))
                .tenants(claims -> List.of(claims.get("tenant").orElseThrow()))
                .secrets(r -> secrets));
        WebhookRequest request = WebhookRequest.of("POST", "https://hooks.example.com" + url)
                .header("X-Sig", hex("HmacSHA256", SECRET, BODY))
                .body(BODY)
                .build();
        assertEquals(
                Optional.ofNullable(tenant),
                gate.gate.verify("own", request) instanceof Verdict.Verified v
                        ? v.delivery().tenant()
                        : Optional.empty());
    }

    @Test
    void tenantOfAForm_isReadFromFormsOnly() {
        TestGate gate = gate(PLAIN + ",'tenant':{'from':'form:t'}");
        byte[] form = utf8("t=acme");
        WebhookRequest.Builder request = post(form).header("X-Sig", hex("HmacSHA256", SECRET, form));
        refused(Reason.TENANT_MISSING, gate, request);
        request.header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        assertEquals(Optional.of("acme"), delivery(gate, request).tenant());
    }
}
