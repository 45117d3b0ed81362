package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.verifiedwebhook.SignedRequests.SECRET;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;

/** Bearer tokens and API keys of Cloudonix voice. */
class TokenTest {

    private final TestGate gate = TestGate.of();

    @Test
    void rightBearer_isVerifiedAsToken() {
        WebhookDelivery delivery = gate.delivery(SignedRequests.voice());
        assertEquals(Assurance.TOKEN, delivery.assurance());
        assertEquals(Optional.of("acme"), delivery.tenant());
    }

    @Test
    void rightApiKey_isVerified() {
        assertInstanceOf(Verdict.Verified.class, gate.verify(apiKey(SECRET)));
    }

    private static Draft apiKey(String... lines) {
        return SignedRequests.voice().tag().header("X-CX-APIKey", lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bearer " + SECRET,
                "BEARER " + SECRET,
                "Bearer" + SECRET,
                "Bearer  " + SECRET,
                "Bearer\t" + SECRET,
                " Bearer " + SECRET,
                "Bearer " + SECRET + " ",
                "Bearer " + SECRET + "\0",
                "Bearer " + SECRET + "," + SECRET,
                "Bearer Bearer " + SECRET,
                "Bearer",
                "Bearer ",
                "Basic " + SECRET,
                "Token " + SECRET,
                SECRET,
                "Bearer \u00e8\uff11\ud800"
            })
    void malformedBearer_isRefused(String value) {
        assertEquals(401, gate.reason(SignedRequests.voice().tag(value)).status());
    }

    @Test
    void everyPrefixOfTheToken_isRefused() {
        for (int length = 0; length < SECRET.length(); length++) {
            String part = SECRET.substring(0, length);
            assertEquals(
                    401,
                    gate.reason(SignedRequests.voice().tag("Bearer " + part)).status());
            assertEquals(401, gate.reason(apiKey(part)).status());
        }
    }

    @Test
    void tokenInOtherCase_isRefused() {
        String upper = SECRET.toUpperCase(java.util.Locale.ROOT);
        assertEquals(
                Reason.SIGNATURE_MISMATCH, gate.reason(SignedRequests.voice().tag("Bearer " + upper)));
    }

    @Test
    void doubledToken_isRefused() {
        String good = "Bearer " + SECRET;
        assertEquals(
                Reason.SIGNATURE_REPEATED, gate.reason(SignedRequests.voice().tag(good, good)));
        assertEquals(Reason.SIGNATURE_REPEATED, gate.reason(apiKey(SECRET, SECRET)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Basic wrong", "Bearer ", "bearer " + SECRET, " "})
    void wrongBearerBesideRightApiKey_neverFallsBack(String wrong) {
        Draft draft = SignedRequests.voice().tag(wrong).header("X-CX-APIKey", SECRET);
        assertEquals(401, gate.reason(draft).status());
    }

    @Test
    void doubledBearerBesideRightApiKey_neverFallsBack() {
        Draft draft = SignedRequests.voice().tag("", "").header("X-CX-APIKey", SECRET);
        assertEquals(Reason.SIGNATURE_REPEATED, gate.reason(draft));
    }

    @Test
    void wrongBearer_missesEvenIfApiKeyIsRight_asMismatch() {
        Draft draft = SignedRequests.voice().tag("Bearer wrong").header("X-CX-APIKey", SECRET);
        assertEquals(Reason.SIGNATURE_MISMATCH, gate.reason(draft));
    }

    @Test
    void pinnedScheme_refusesTheOther() {
        TestGate pinned = TestGate.of("cloudonix-voice/scheme", "api-key");
        assertEquals(Reason.SIGNATURE_MISSING, pinned.reason(SignedRequests.voice()));
        assertInstanceOf(Verdict.Verified.class, pinned.verify(apiKey(SECRET)));
    }
}
