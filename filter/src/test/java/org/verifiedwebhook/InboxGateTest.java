package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.embedded.CapturedLog;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Senders;

/** What the gate hands to an inbox, and how it answers. */
class InboxGateTest {

    private final List<WebhookInbox.Entry> stored = new ArrayList<>();

    private TestGate gate(WebhookInbox inbox, String... settings) {
        return TestGate.with(b -> b.inbox(inbox), settings);
    }

    private WebhookInbox.Result keep(WebhookInbox.Entry entry) {
        stored.add(entry);
        return new WebhookInbox.Result.Stored();
    }

    private static Draft of(String sender) {
        return SignedRequests.ofAllThatSign().stream()
                .filter(d -> d.sender.equals(sender))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deliveryOfAnInboxSender_isStoredAndAcknowledgedInItsDialect() {
        TestGate gate = gate(this::keep, "zorio/acknowledge", "inbox");

        Answer answer = gate.answer(of("zorio"));

        assertEquals("200 {Content-Type=text/plain;charset=UTF-8} OK", TestGate.text(answer));
        assertEquals(1, stored.size());
        assertEquals("zorio", stored.get(0).keys().sender());
        assertEquals(answer, stored.get(0).acknowledgement());
        assertEquals(Duration.ofHours(24), stored.get(0).retention());
        assertEquals(List.of(WebhookOutcome.Kind.ACCEPTED), kinds(gate));
    }

    @Test
    void deliveryOfAnInlineSender_isNotStored() {
        TestGate gate = gate(this::keep, "zorio/acknowledge", "inbox", "chaindoc/acknowledge", "inline");
        assertInstanceOf(Admission.Admitted.class, gate.admit(of("chaindoc")));
        assertInstanceOf(Admission.Admitted.class, gate.admit(of("edgvoip")));
        assertTrue(stored.isEmpty());
        assertTrue(gate.gate.usesInbox("zorio"));
        assertFalse(gate.gate.usesInbox("chaindoc"));
    }

    @Test
    void rejectedRequest_isNotStored() {
        TestGate gate = gate(this::keep, "zorio/acknowledge", "inbox");
        Draft forged = of("zorio");
        forged.body = (new String(forged.body, java.nio.charset.StandardCharsets.UTF_8) + " ")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(401, gate.answer(forged).status());
        assertTrue(stored.isEmpty());
    }

    @Test
    void inboxThatFails_is503AndNeverAcknowledged() {
        TestGate gate = gate(
                entry -> {
                    throw new DeliveryStoreUnavailableException("full");
                },
                "zorio/acknowledge",
                "inbox");
        Answer answer = gate.answer(of("zorio"));
        assertEquals(503, answer.status());
        assertEquals("5", answer.headers().get("Retry-After"));
        assertEquals(Optional.of(Reason.STORE_UNAVAILABLE), gate.outcomes.get(0).reason());
    }

    @Test
    void copy_isAnsweredAsTheSenderWants() {
        WebhookInbox copies = entry -> new WebhookInbox.Result.Duplicate(entry.acknowledgement());
        TestGate gate = gate(copies, "zorio/acknowledge", "inbox", "edgvoip/acknowledge", "inbox");
        assertEquals("200 {Content-Type=text/plain;charset=UTF-8} Duplicate", TestGate.text(gate.answer(of("zorio"))));
        assertEquals(200, gate.answer(of("edgvoip")).status());
        assertEquals(List.of(WebhookOutcome.Kind.DUPLICATE, WebhookOutcome.Kind.DUPLICATE), kinds(gate));
    }

    @Test
    void copyInFlight_is503() {
        TestGate gate = gate(entry -> new WebhookInbox.Result.InFlight(), "zorio/acknowledge", "inbox");
        assertEquals(503, gate.answer(of("zorio")).status());
        assertEquals(Optional.of(Reason.IN_FLIGHT), gate.outcomes.get(0).reason());
    }

    @Test
    void handledCopies_eachHaveAFingerprintOfTheirOwn() {
        TestGate gate = gate(this::keep, "zorio/acknowledge", "inbox", "zorio/handle-copies", "true");
        gate.answer(of("zorio"));
        gate.answer(of("zorio"));
        assertNotEquals(stored.get(0).keys().fingerprint(), stored.get(1).keys().fingerprint());
    }

    @Test
    void orderingKey_isReadFromTheVerifiedRequest() {
        TestGate gate = gate(
                this::keep,
                "edgvoip/acknowledge",
                "inbox",
                "edgvoip/ordering",
                "json:/tenant_external_id",
                "zorio/acknowledge",
                "inbox",
                "zorio/ordering",
                "json:/nothing/there");
        gate.answer(of("edgvoip"));
        gate.answer(of("zorio"));
        assertEquals(Optional.of(SignedRequests.TENANT), stored.get(0).orderingKey());
        assertEquals(Optional.empty(), stored.get(1).orderingKey());
    }

    @Test
    void orderOfAnInlineEndpoint_isWarnedOf() {
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            gate(this::keep, "zorio/acknowledge", "inbox", "zorio/ordering", "json:/call")
                    .answer(of("zorio"));
            assertEquals(0, log.count("zorio/ordering"), "the control");
            gate(this::keep, "edgvoip/ordering", "json:/call").admit(of("edgvoip"));
            assertEquals(1, log.count("setting webhook/edgvoip/ordering orders what goes to the inbox"));
        }
    }

    @Test
    void inboxSenderWithoutAnInbox_isRefusedWithTheCure() {
        TestGate gate = TestGate.of("zorio/acknowledge", "inbox");
        String fault = assertThrows(IllegalArgumentException.class, () -> gate.gate.sender("zorio"))
                .getMessage();
        assertTrue(fault.contains("webhook/zorio/acknowledge") && fault.contains("verified-webhook-jpa"), fault);
    }

    @Test
    void senderNobodyHandles_isRefused() {
        WebhookInbox inbox = new WebhookInbox() {
            @Override
            public Result put(Entry entry) {
                return new Result.Stored();
            }

            @Override
            public void checkHandled(String sender) {
                throw new IllegalArgumentException("nobody handles " + sender);
            }
        };
        TestGate gate = gate(inbox, "zorio/acknowledge", "inbox");
        assertEquals(
                "nobody handles zorio",
                assertThrows(IllegalArgumentException.class, () -> gate.gate.sender("zorio"))
                        .getMessage());
        gate.gate.sender("edgvoip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "Inbox", "true"})
    void wrongMode_isRefused(String mode) {
        TestGate gate = gate(this::keep, "zorio/acknowledge", mode);
        assertEquals(
                "setting webhook/zorio/acknowledge: must be inline or inbox",
                assertThrows(IllegalArgumentException.class, () -> gate.gate.sender("zorio"))
                        .getMessage());
    }

    @Test
    void acknowledgementOfEdgvoip_isItsGuides() {
        var answers = Senders.standard().find("edgvoip").orElseThrow().answers();
        assertEquals(
                "{\"success\":true,\"message\":\"Webhook received and verified\",\"request_id\":\"id-1\"}",
                answers.accepted(Optional.of("id-1")).body());
        assertEquals(
                "{\"success\":true,\"message\":\"Webhook received and verified\",\"request_id\":\"\\\"\\\\}\"}",
                answers.accepted(Optional.of("\"\\}")).body());
        assertEquals(
                "{\"success\":true,\"message\":\"Webhook received and verified\"}",
                answers.accepted(Optional.empty()).body());
    }

    @Test
    void senderWithoutAnAcknowledgement_hasTheDefault() {
        var accepted =
                Senders.standard().find("chaindoc").orElseThrow().answers().accepted(Optional.of("x"));
        assertEquals("{\"status\":\"received\"}", accepted.body());
        assertEquals(200, accepted.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"status\": 302, \"type\": \"text/plain\", \"body\": \"x\" }",
                "{ \"type\": \"text/plain\", \"body\": \"x\", \"bodyWithId\": \"y\" }",
                "{ \"body\": \"x\" }"
            })
    void acknowledgementThatCannotBeMeant_isRefused(String accepted) {
        String file = "{ \"alg\": \"token\", \"signature\": [{ \"from\": \"header:X\" }], \"answers\": { \"accepted\": "
                + accepted + " } }";
        assertThrows(IllegalArgumentException.class, () -> Senders.of(Map.of("acme", file))
                .find("acme"));
    }

    private static List<WebhookOutcome.Kind> kinds(TestGate gate) {
        return gate.outcomes.stream().map(WebhookOutcome::kind).toList();
    }

    @Test
    void deliveryThatIsNotStored_usesUpNoneOfItsTenantsRate() {
        List<WebhookInbox.Result> results = new ArrayList<>();
        WebhookInbox inbox = entry -> {
            if (results.isEmpty()) {
                throw new DeliveryStoreUnavailableException("full");
            }
            return results.get(0);
        };
        TestGate gate = gate(inbox, "edgvoip/acknowledge", "inbox", "edgvoip/rate", "1/PT1H");
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            gate.answer(of("edgvoip"));
            gate.answer(of("edgvoip"));
            assertEquals(1, log.count("sender edgvoip: the inbox could not store"), log::text);
        }
        results.add(new WebhookInbox.Result.InFlight());
        gate.answer(of("edgvoip"));
        gate.answer(of("edgvoip"));
        results.set(0, new WebhookInbox.Result.Stored());
        assertEquals(200, gate.answer(of("edgvoip")).status());
        assertEquals(Optional.of(Reason.RATE_LIMITED), last(gate.answer(of("edgvoip")), gate));
    }

    private static Optional<Reason> last(Answer answer, TestGate gate) {
        assertFalse(answer.acknowledges());
        return gate.outcomes.get(gate.outcomes.size() - 1).reason();
    }
}
