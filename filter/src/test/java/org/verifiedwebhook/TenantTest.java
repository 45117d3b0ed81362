package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;

/** Which tenant a request is taken for, and what a stranger can learn about tenants: nothing. */
class TenantTest {

    private final TestGate gate = TestGate.of();

    @Test
    void signatureOfAnotherTenant_isRefused() {
        assertEquals(Reason.SIGNATURE_MISMATCH, gate.reason(SignedRequests.edgvoip("globex")));
    }

    private static Draft voiceTo(String number) {
        return SignedRequests.voice(SignedRequests.utf8("{\"to\":\"" + number + "\"}"));
    }

    @Test
    void severalCandidates_areDecidedByTheSecret() {
        assertEquals(Optional.of("acme"), gate.delivery(voiceTo("+390699999")).tenant());
        Draft other = voiceTo("+390699999").tag("Bearer " + TestGate.OTHER_SECRET);
        assertEquals(Optional.of("globex"), gate.delivery(other).tenant());
        assertEquals(
                Reason.SIGNATURE_MISMATCH, gate.reason(voiceTo("+390699999").tag("Bearer x")));
    }

    @Test
    void candidateWithoutASecret_changesNothingForTheOther() {
        for (List<String> candidates : List.of(List.of("bare", "acme"), List.of("acme", "bare"))) {
            TestGate two = TestGate.with(b -> b.tenants(c -> candidates));
            assertEquals(
                    Optional.of("acme"), two.delivery(SignedRequests.voice()).tenant());
            assertEquals(
                    Reason.SIGNATURE_MISMATCH, two.reason(SignedRequests.voice().tag("Bearer x")));
        }
    }

    /** The last of them would be refused otherwise, for ever. */
    @Test
    void moreCandidatesThanAreTried_isOurOwnFault() {
        List<String> candidates = new ArrayList<>(Collections.nCopies(63, "bare"));
        candidates.add("acme");
        TestGate gate = TestGate.with(b -> b.tenants(c -> candidates));
        assertEquals(Optional.of("acme"), gate.delivery(SignedRequests.voice()).tenant());
        candidates.add(0, "bare");
        assertEquals(Reason.SECRET_UNAVAILABLE, gate.reason(SignedRequests.voice()));
    }

    @Test
    void tenantInOtherCase_isAnotherTenant() {
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(SignedRequests.edgvoip("ACME")));
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(SignedRequests.edgvoip("acme ")));
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(SignedRequests.edgvoip("acm\u00e9")));
    }

    @Test
    void unknownTenantAndNoSecretAndWrongTag_lookTheSame() {
        Draft wrong = SignedRequests.edgvoip("acme").tag("0".repeat(64));
        assertSame(wrong, SignedRequests.edgvoip("nobody"), SignedRequests.edgvoip("bare"));
        assertSame(voiceTo(SignedRequests.TENANT_NUMBER).tag("Bearer x"), voiceTo("+1"), voiceTo("+390600000"));
    }

    private void assertSame(Draft wrong, Draft unknown, Draft bare) {
        assertEquals(Reason.SIGNATURE_MISMATCH, gate.reason(wrong));
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(unknown));
        assertEquals(Reason.SECRET_MISSING, gate.reason(bare));
        Answer answer = gate.answer(wrong);
        for (Answer other : List.of(gate.answer(unknown), gate.answer(bare))) {
            assertEquals(answer.status(), other.status());
            assertEquals(answer.headers(), other.headers());
            assertTrue(Arrays.equals(answer.body(), other.body()));
        }
        assertEquals(401, answer.status());
    }

    static List<Draft> withoutTenants() {
        return SignedRequests.ofAllThatSign().stream()
                .filter(d -> !d.sender.equals("edgvoip"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withoutTenants")
    void noSecretAndWrongTag_lookTheSame(Draft draft) {
        TestGate without = TestGate.with(b -> b.secrets(r -> SecretSet.none()));
        TestGate other = TestGate.with(b ->
                b.secrets(r -> SecretSet.of(org.verifiedwebhook.secret.Secret.ofText("other", TestGate.OTHER_SECRET))));
        assertEquals(Reason.SECRET_MISSING, without.reason(draft));
        assertEquals(Reason.SIGNATURE_MISMATCH, other.reason(draft));
        assertEquals(TestGate.text(other.answer(draft)), TestGate.text(without.answer(draft)));
    }

    /** A flood of invented names must cost the store of secrets nothing. */
    @Test
    void unknownTenant_asksForNobodysSecret() {
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(SignedRequests.edgvoip("nobody")));
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(SignedRequests.edgvoip("other")));
        assertEquals(2, gate.asked.size(), () -> gate.asked.toString());
        assertTrue(gate.asked.stream().allMatch(a -> a.startsWith("tenant of")), () -> gate.asked.toString());
        assertEquals(Reason.SIGNATURE_MISMATCH, gate.reason(SignedRequests.edgvoip("globex")));
        assertTrue(gate.asked.contains("secret of Optional[globex]"), "the control");
    }

    @Test
    void revealedUnknownTenant_isAnsweredAsTheGuideSays() {
        TestGate revealing =
                TestGate.of("edgvoip/reveal-unknown-tenants", "true", "cloudonix-voice/reveal-unknown-tenants", "true");
        assertEquals(
                "404 {Content-Type=application/json}"
                        + " {\"success\":false,\"error\":\"Tenant not found or webhook secret not configured\"}",
                TestGate.text(revealing.answer(SignedRequests.edgvoip("nobody"))));
        String cxml = TestGate.text(revealing.answer(voiceTo("+1")));
        assertTrue(cxml.startsWith("404 {Content-Type=application/xml} <?xml"), cxml);
        assertTrue(cxml.contains(">Not found. Unable to identify organization.</Say>"), cxml);
        assertEquals(
                401,
                revealing
                        .answer(SignedRequests.edgvoip("acme").tag("0".repeat(64)))
                        .status());
    }

    @Test
    void unknownDomainOfACdr_is404() {
        assertEquals(
                "404 {Content-Type=application/json} {\"error\":\"Not Found - Unknown domain\"}",
                TestGate.text(gate.answer(SignedRequests.cdr("nobody"))));
    }

    @Test
    void cdr_isIdentifiedOnlyAndAsksForNoSecret() {
        WebhookDelivery delivery = gate.delivery(SignedRequests.cdr("acme"));
        assertEquals(Assurance.IDENTIFIED, delivery.assurance());
        assertEquals(Optional.empty(), delivery.secretLabel());
        assertTrue(gate.asked.stream().noneMatch(a -> a.startsWith("secret")));
    }

    @Test
    void cdrOfSeveralTenants_isRefused() {
        TestGate two = TestGate.with(b -> b.tenants(c -> List.of("acme", "globex")));
        assertEquals(Reason.TENANT_UNKNOWN, two.reason(SignedRequests.cdr("acme")));
    }

    @Test
    void tenantUnderASharedSecret_isAClaimOnly() {
        WebhookDelivery delivery = gate.delivery(SignedRequests.status("answered"));
        assertEquals(Optional.empty(), delivery.tenant());
        assertEquals(Optional.of("acme"), delivery.claimedTenant());
    }

    static List<RuntimeException> failures() {
        return List.of(
                new SecretUnavailableException("down"),
                new IllegalStateException("pool"),
                new NullPointerException(),
                new IllegalArgumentException("x"),
                new UnsupportedOperationException());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failingResolver_is503(RuntimeException failure) {
        TestGate failing = TestGate.with(b -> b.tenants(c -> {
            throw failure;
        }));
        for (Draft draft :
                List.of(SignedRequests.edgvoip("acme"), SignedRequests.voice(), SignedRequests.cdr("acme"))) {
            check503(failing, draft);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failingProvider_is503(RuntimeException failure) {
        TestGate failing = TestGate.with(b -> b.secrets(r -> {
            throw failure;
        }));
        for (Draft draft : SignedRequests.ofAllThatSign()) {
            check503(failing, draft);
        }
        check503(failing, SignedRequests.voice());
    }

    private static void check503(TestGate failing, Draft draft) {
        assertEquals(Reason.SECRET_UNAVAILABLE, failing.reason(draft));
        Answer answer = failing.answer(draft);
        assertEquals(503, answer.status());
        assertEquals("5", answer.headers().get("Retry-After"));
    }

    @Test
    void resolverOrProviderThatSaysNull_is503() {
        check503(TestGate.with(b -> b.tenants(c -> null)), SignedRequests.edgvoip("acme"));
        check503(TestGate.with(b -> b.tenants(c -> Arrays.asList((String) null))), SignedRequests.edgvoip("acme"));
        check503(TestGate.with(b -> b.secrets(r -> null)), SignedRequests.edgvoip("acme"));
    }

    @Test
    void providerThatRecovers_isAskedAgain() {
        boolean[] up = {false};
        TestGate flaky = TestGate.with(b -> b.secrets(r -> {
            if (!up[0]) {
                throw new IllegalStateException("down");
            }
            return SecretSet.of(org.verifiedwebhook.secret.Secret.ofText("s", SignedRequests.SECRET));
        }));
        assertEquals(Reason.SECRET_UNAVAILABLE, flaky.reason(SignedRequests.zorio("x")));
        up[0] = true;
        assertInstanceOf(Verdict.Verified.class, flaky.verify(SignedRequests.zorio("x")));
    }
}
