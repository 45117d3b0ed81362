package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.sender.Reason;

/** Bodies that name their tenant in no way to be trusted are refused before resolver or store hears of them. */
class HostileBodyTest {

    private static final Set<Reason> REASONS =
            Set.of(Reason.BODY_MALFORMED, Reason.TENANT_MISSING, Reason.TENANT_INVALID, Reason.BODY_EMPTY);
    /** Of processor time, which other work on the machine does not lengthen. */
    private static final long MILLIS = 100;

    @BeforeAll
    static void warmUp() {
        for (int i = 0; i < 200; i++) {
            TestGate.of().verify(SignedRequests.edgvoip("x"));
        }
    }

    /** Signed rightly over the hostile bytes, so that only the body can be what is refused. */
    @TestFactory
    Stream<DynamicTest> edgvoip_refusesBeforeAnyLookUp() {
        Map<String, byte[]> bodies =
                HostileBodies.of("{\"tenant_external_id\":", "}", "tenant_external_id", SignedRequests.TENANT);
        return cases(bodies, SignedRequests::edgvoipBody);
    }

    @TestFactory
    Stream<DynamicTest> cdr_refusesBeforeAnyLookUp() {
        Map<String, byte[]> bodies =
                HostileBodies.of("{\"owner\":{\"domain\":{\"uuid\":", "}}}", "uuid", SignedRequests.TENANT);
        String good = "{\"domain\":{\"uuid\":\"acme\"}}";
        bodies.put("outer doubled", SignedRequests.utf8("{\"owner\":" + good + ",\"owner\":" + good + "}"));
        bodies.put("outer doubled, empty last", SignedRequests.utf8("{\"owner\":" + good + ",\"owner\":{}}"));
        bodies.put("outer doubled, empty first", SignedRequests.utf8("{\"owner\":{},\"owner\":" + good + "}"));
        bodies.put("outer doubled, null last", SignedRequests.utf8("{\"owner\":" + good + ",\"owner\":null}"));
        bodies.put("outer doubled, null first", SignedRequests.utf8("{\"owner\":null,\"owner\":" + good + "}"));
        bodies.put("outer doubled by escape", SignedRequests.utf8("{\"owner\":" + good + ",\"\\u006fwner\":1}"));
        bodies.put(
                "middle doubled",
                SignedRequests.utf8("{\"owner\":{\"domain\":{\"uuid\":\"acme\"},\"domain\":{\"uuid\":\"globex\"}}}"));
        bodies.put("middle an array", SignedRequests.utf8("{\"owner\":{\"domain\":[{\"uuid\":\"acme\"}]}}"));
        bodies.put(
                "dotted name", SignedRequests.utf8("{\"owner/domain/uuid\":\"acme\",\"owner.domain.uuid\":\"acme\"}"));
        return cases(bodies, SignedRequests::cdr);
    }

    @TestFactory
    Stream<DynamicTest> voice_refusesBeforeAnyLookUp() {
        Map<String, byte[]> bodies = HostileBodies.of("{\"to\":", "}", "to", SignedRequests.TENANT_NUMBER);
        // Only the digits of a number count, so these are other spellings of it, and none of a name.
        bodies.keySet().removeIf(k -> k.equals("value \"\\ufffd\""));
        bodies.put("both spellings", SignedRequests.utf8("{\"to\":\"+390612345\",\"To\":\"+390612345\"}"));
        bodies.put("both spellings, other", SignedRequests.utf8("{\"to\":\"+390612345\",\"To\":\"+390699999\"}"));
        bodies.put("no digit", SignedRequests.utf8("{\"to\":\"anonymous\"}"));
        bodies.put("extension a number", SignedRequests.utf8("{\"to\":\"+390612345\",\"from\":1001}"));
        bodies.put("extension doubled", SignedRequests.utf8("{\"to\":\"+390612345\",\"from\":\"1\",\"from\":\"2\"}"));
        bodies.put(
                "extension in both spellings",
                SignedRequests.utf8("{\"to\":\"+390612345\",\"from\":\"1\",\"From\":\"1\"}"));
        return cases(bodies, SignedRequests::voice);
    }

    private static Stream<DynamicTest> cases(Map<String, byte[]> bodies, Function<byte[], Draft> signed) {
        return bodies.entrySet().stream().map(e -> dynamicTest(e.getKey(), () -> check(signed.apply(e.getValue()))));
    }

    private static void check(Draft draft) {
        TestGate gate = TestGate.of();
        gate.gate.sender(draft.sender);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Reason reason = gate.reason(draft);
        long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000;
        assertTrue(REASONS.contains(reason), reason::key);
        int status = gate.answer(draft).status();
        assertTrue(status == 400 || status == 401, () -> "status " + status);
        assertEquals(List.of(), gate.asked, "nobody may be asked about it");
        assertTrue(millis < MILLIS, () -> millis + " ms");
    }

    @Test
    void goodBodies_areVerified() {
        for (Draft draft :
                List.of(SignedRequests.edgvoip("acme"), SignedRequests.voice(), SignedRequests.cdr("acme"))) {
            assertInstanceOf(Verdict.Verified.class, TestGate.of().verify(draft), draft.sender);
        }
    }

    /** Genuine calls of a withheld number say so with null. */
    @Test
    void voiceWithoutCaller_isVerified() {
        String body = "{\"to\":\"+390612345\",\"from\":null}";
        assertInstanceOf(Verdict.Verified.class, TestGate.of().verify(SignedRequests.voice(SignedRequests.utf8(body))));
    }

    @Test
    void tenantSpeltWithEscapes_isTheSameTenant() {
        String body = "{\"\\u0074enant_external_id\":\"\\u0061cme\"}";
        Draft draft = SignedRequests.edgvoipBody(SignedRequests.utf8(body));
        assertEquals(
                java.util.Optional.of("acme"), TestGate.of().delivery(draft).tenant());
    }

    @Test
    void depthAtTheLimit_isReadAndBeyondItIsNot() {
        String deep = "[".repeat(JsonScan.MAX_DEPTH) + "]".repeat(JsonScan.MAX_DEPTH);
        String body = "{\"a\":" + deep + ",\"tenant_external_id\":\"acme\"}";
        assertInstanceOf(
                Verdict.Verified.class, TestGate.of().verify(SignedRequests.edgvoipBody(SignedRequests.utf8(body))));
        String deeper = body.replace("[[", "[[[").replace("]]", "]]]");
        assertEquals(
                Reason.BODY_MALFORMED, TestGate.of().reason(SignedRequests.edgvoipBody(SignedRequests.utf8(deeper))));
    }

    /** A tenant under a secret shared by all is a claim: a hostile one is dropped, the delivery stands. */
    @Test
    void statusWithHostileTenant_hasNoClaimedTenant() {
        for (byte[] body : HostileBodies.of("{\"domain_uuid\":", "}", "domain_uuid", "acme")
                .values()) {
            if (body.length > 0) {
                Draft draft = SignedRequests.status("x").body(body);
                draft.tag(SignedRequests.hex("HmacSHA256", SignedRequests.SECRET, body));
                WebhookDelivery delivery = TestGate.of().delivery(draft);
                assertEquals(java.util.Optional.empty(), delivery.claimedTenant());
                assertEquals(java.util.Optional.empty(), delivery.tenant());
            }
        }
    }
}
