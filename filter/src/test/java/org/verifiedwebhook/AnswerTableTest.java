package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Senders;

/** Every row of the table of answers, for every built-in sender: status, media type and body to the byte. */
class AnswerTableTest {

    private static final String CXML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>\n"
            + "  <Say language=\"en-US\">%s</Say>\n  <Hangup/>\n</Response>\n";

    private final TestGate gate = TestGate.of();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edgvoip | SIGNATURE_MISSING | 401 | Missing signature or payload",
                "edgvoip | SIGNATURE_MALFORMED | 401 | Invalid webhook signature",
                "edgvoip | SIGNATURE_REPEATED | 401 | Invalid webhook signature",
                "edgvoip | SIGNATURE_MISMATCH | 401 | Invalid webhook signature",
                "edgvoip | TENANT_UNKNOWN | 401 | Invalid webhook signature",
                "edgvoip | SECRET_MISSING | 401 | Invalid webhook signature",
                "edgvoip | BODY_EMPTY | 401 | Missing signature or payload",
                "edgvoip | BODY_MALFORMED | 400 | Invalid JSON payload",
                "edgvoip | TENANT_MISSING | 400 | Missing tenant_external_id in payload",
                "edgvoip | TENANT_INVALID | 400 | Invalid tenant_external_id in payload",
                "chaindoc | SIGNATURE_MISSING | 401 | Missing signature",
                "chaindoc | SIGNATURE_MISMATCH | 401 | Invalid signature",
                "chaindoc-v2 | TIMESTAMP_MISSING | 401 | Missing timestamp",
                "chaindoc-v2 | TIMESTAMP_UNREADABLE | 401 | Invalid timestamp",
                "chaindoc-v2 | TIMESTAMP_STALE | 401 | Stale timestamp",
                "chaindoc-v2 | TIMESTAMP_FUTURE | 401 | Stale timestamp",
                "cloudonix-status | SIGNATURE_MISSING | 401 | Unauthorized - Missing signature",
                "cloudonix-status | SIGNATURE_MISMATCH | 401 | Unauthorized - Invalid signature",
                "cloudonix-status | SECRET_MISSING | 401 | Unauthorized - Invalid signature",
                "cloudonix-cdr | TENANT_MISSING | 400 | Bad Request - Missing domain UUID in CDR payload",
                "cloudonix-cdr | TENANT_INVALID | 400 | Bad Request - Invalid domain UUID in CDR payload",
                "cloudonix-cdr | BODY_MALFORMED | 400 | Bad Request - Malformed CDR payload",
                "cloudonix-cdr | TENANT_UNKNOWN | 404 | Not Found - Unknown domain",
                "cloudonix-voice | SIGNATURE_MISSING | 401 | Unauthorized. Authentication failed.",
                "cloudonix-voice | SIGNATURE_MALFORMED | 401 | Unauthorized. Authentication failed.",
                "cloudonix-voice | SIGNATURE_REPEATED | 401 | Unauthorized. Authentication failed.",
                "cloudonix-voice | SIGNATURE_MISMATCH | 401 | Unauthorized. Authentication failed.",
                "cloudonix-voice | TENANT_UNKNOWN | 401 | Unauthorized. Authentication failed.",
                "cloudonix-voice | SECRET_MISSING | 401 | Unauthorized. Authentication failed.",
                "cloudonix-voice | TENANT_MISSING | 400 | Bad request. Missing destination number.",
                "cloudonix-voice | TENANT_INVALID | 400 | Bad request. Invalid number.",
                "cloudonix-voice | BODY_MALFORMED | 400 | Bad request.",
                "zorio | TIMESTAMP_MISSING | 400 | Stale timestamp",
                "zorio | TIMESTAMP_UNREADABLE | 400 | Stale timestamp",
                "zorio | TIMESTAMP_STALE | 400 | Stale timestamp",
                "zorio | TIMESTAMP_FUTURE | 400 | Stale timestamp",
                "zorio | SIGNATURE_MISSING | 401 | Invalid signature",
                "zorio | SIGNATURE_MISMATCH | 401 | Invalid signature",
                "signalwire | SIGNATURE_MISSING | 401 | Missing signature",
                "signalwire | SIGNATURE_MISMATCH | 401 | Invalid signature",
                "signalwire | BODY_HASH_MISMATCH | 401 | Invalid signature",
                "signalwire | QUERY_NOT_PINNED | 401 | Invalid signature"
            })
    void reason_isAnsweredInTheSendersWords(String sender, Reason reason, int status, String message) {
        assertEquals(
                expected(sender, status, message), TestGate.text(WebhookGate.answer(gate.gate.sender(sender), reason)));
    }

    private static String expected(String sender, int status, String message) {
        String text =
                switch (sender) {
                    case "edgvoip" ->
                        "{Content-Type=application/json} {\"success\":false,\"error\":\"" + message + "\"}";
                    case "zorio", "signalwire" -> "{Content-Type=text/plain;charset=UTF-8} " + message;
                    case "cloudonix-voice" -> "{Content-Type=application/xml} " + CXML.formatted(message);
                    default -> "{Content-Type=application/json} {\"error\":\"" + message + "\"}";
                };
        return status + " " + text;
    }

    static List<String> senders() {
        return Senders.builtIn();
    }

    @ParameterizedTest
    @MethodSource("senders")
    void commonReason_hasItsStatusWithEverySender(String sender) {
        check(sender, Reason.BODY_TOO_LARGE, 413, "Body too large");
        check(sender, Reason.BODY_TOO_SLOW, 408, "Request timeout");
        check(sender, Reason.CONTENT_ENCODING, 415, "Unsupported content encoding");
        check(sender, Reason.PLAIN_HTTP, 403, "HTTPS required");
        check(sender, Reason.BODY_TRUNCATED, 400, "Incomplete body");
        check(sender, Reason.FRAMING_AMBIGUOUS, 400, "Ambiguous request");
    }

    private void check(String sender, Reason reason, int status, String message) {
        assertEquals(
                expected(sender, status, message), TestGate.text(WebhookGate.answer(gate.gate.sender(sender), reason)));
    }

    @ParameterizedTest
    @MethodSource("senders")
    void ownFailureAndRateLimit_sayWhenToComeAgain(String sender) {
        for (Reason reason : Reason.values()) {
            Answer answer = WebhookGate.answer(gate.gate.sender(sender), reason);
            boolean later = reason.ours() || reason == Reason.RATE_LIMITED;
            assertEquals(later ? "5" : null, answer.headers().get("Retry-After"), reason.key());
            boolean comesAgainAfter429 = sender.equals("zorio") && reason == Reason.RATE_LIMITED;
            assertEquals(comesAgainAfter429, answer.status() == 429, reason.key());
            assertEquals(reason.ours() && !comesAgainAfter429, answer.status() >= 500, reason.key());
            assertTrue(answer.status() >= 400, reason.key());
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void ownSenderWithoutAnswers_getsProblemJson(Reason reason) {
        String file =
                "{\"alg\":\"hmac-sha256\",\"signature\":[{\"from\":\"header:X\"}],\"encoding\":\"hex\",\"content\":\"{body}\"}";
        Answer answer = WebhookGate.answer(Senders.parse("own", file), reason);
        assertEquals("application/problem+json", answer.headers().get("Content-Type"));
        String body = new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
        boolean likeMismatch = reason == Reason.TENANT_UNKNOWN || reason == Reason.SECRET_MISSING;
        Reason shown = likeMismatch ? Reason.SIGNATURE_MISMATCH : reason;
        assertEquals(
                "{\"type\":\"about:blank\",\"title\":\"" + shown.message() + "\",\"status\":" + shown.status() + "}",
                body);
    }

    @Test
    void bodyOverTheCap_is413() {
        TestGate small = TestGate.of("zorio/max-body", "10");
        assertEquals(Reason.BODY_TOO_LARGE, small.reason(SignedRequests.zorio("x")));
        assertEquals(413, small.answer(SignedRequests.zorio("x")).status());
        int length = SignedRequests.zorio("x").body.length;
        TestGate just = TestGate.of("zorio/max-body", Integer.toString(length));
        assertTrue(just.verify(SignedRequests.zorio("x")) instanceof Verdict.Verified);
    }

    /** A mebibyte of fields would take eighty of memory before anything is verified. */
    @Test
    void formOfTooManyFields_is413() {
        String most = "a&".repeat(FormBody.MAX_FIELDS - 1) + "a";
        assertTrue(gate.verify(SignedRequests.signalwireForm(most)) instanceof Verdict.Verified);
        Draft more = SignedRequests.signalwireForm(most + "&a");
        assertEquals(Reason.BODY_TOO_LARGE, gate.reason(more));
        assertEquals(413, gate.answer(more).status());
    }

    @ParameterizedTest
    @CsvSource({"gzip", "GZIP", "br", "x-unknown", "'identity, gzip'", "''"})
    void encodedBody_is415(String encoding) {
        assertEquals(
                Reason.CONTENT_ENCODING, gate.reason(SignedRequests.zorio("x").header("Content-Encoding", encoding)));
    }

    @Test
    void identityEncoding_isNone() {
        Draft draft = SignedRequests.zorio("x").header("Content-Encoding", "Identity");
        assertTrue(gate.verify(draft) instanceof Verdict.Verified);
        assertEquals(Reason.CONTENT_ENCODING, gate.reason(draft.header("Content-Encoding", "identity", "gzip")));
    }

    @Test
    void plainHttpWhereHttpsIsDemanded_is403() {
        TestGate strict = TestGate.of("require-https", "true");
        assertEquals(Reason.PLAIN_HTTP, strict.reason(SignedRequests.voice()));
        WebhookRequest secure =
                WebhookRequest.of("POST", "https://h.example/x").secure(true).build();
        assertEquals(new Verdict.Rejected(Reason.SIGNATURE_MISSING), strict.gate.verify("zorio", timely(secure)));
    }

    private static WebhookRequest timely(WebhookRequest request) {
        return WebhookRequest.of(request.method(), request.url())
                .secure(true)
                .header("X-Zorio-Timestamp", Long.toString(SignedRequests.NOW.getEpochSecond()))
                .build();
    }

    /** A body that somebody else has read is our failure: the sender shall come again. */
    @Test
    void consumedBody_is503() {
        Draft draft = SignedRequests.zorio("x").header("Content-Length", "15").body(new byte[0]);
        assertEquals(Reason.BODY_CONSUMED, gate.reason(draft));
        assertEquals(503, gate.answer(draft).status());
    }

    /** Without a declared length nobody can tell; the MAC of nothing still verifies nothing. */
    @ParameterizedTest
    @CsvSource({"zorio, sha256=", "chaindoc, ''", "edgvoip, sha256=", "cloudonix-status, ''"})
    void emptyBodyRightlySigned_isRefused(String sender, String prefix) {
        Draft draft = SignedRequests.ofAllThatSign().stream()
                .filter(d -> d.sender.equals(sender))
                .findFirst()
                .orElseThrow();
        draft.body(new byte[0]).tag(prefix + SignedRequests.hex("HmacSHA256", SignedRequests.SECRET, new byte[0]));
        assertEquals(Reason.BODY_EMPTY, gate.reason(draft));
        assertEquals(401, gate.answer(draft).status());
    }

    @Test
    void doorwaysRejection_isInTheSendersWordsToo() {
        WebhookRequest bare = WebhookRequest.of("POST", "https://h.example/x").build();
        Answer answer = gate.gate.reject("zorio", bare, Reason.BODY_TOO_LARGE).answer();
        assertEquals(expected("zorio", 413, "Body too large"), TestGate.text(answer));
        assertEquals(Optional.of(Reason.BODY_TOO_LARGE), gate.outcomes.get(0).reason());
    }
}
