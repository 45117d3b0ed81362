package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.verifiedwebhook.SignedRequests.SECRET;
import static org.verifiedwebhook.SignedRequests.URL;
import static org.verifiedwebhook.SignedRequests.hex;
import static org.verifiedwebhook.SignedRequests.sha1Base64;
import static org.verifiedwebhook.SignedRequests.signalwire;
import static org.verifiedwebhook.SignedRequests.utf8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.Reason;

/**
 * SignalWire joins URL and body without a separator, so what stands at the seam can be moved from one to the other
 * under the same signature. A pinned query stops it.
 */
class SignalWireQueryTest {

    private static final String QUERY = "To=%2B39&From=1001";

    private static Draft get() {
        String url = URL + "?" + QUERY;
        return signalwire(url, "text/plain", new byte[0]).method("GET").tag(hex("HmacSHA1", SECRET, utf8(url)));
    }

    /** The query of a signed GET, sent as the body of a POST. */
    private static Draft shifted(String url, String body) {
        return signalwire(url, "application/json", utf8(body)).tag(get().goodTag());
    }

    @Test
    void shiftedRequestWithoutPin_isVerifiedButTheSameDelivery() {
        TestGate gate = TestGate.of();
        gate.claim(get()).complete(Answer.text(200, "text/plain", "first"));
        Draft shifted = shifted(URL + "?", QUERY);
        assertInstanceOf(Verdict.Verified.class, gate.verify(shifted));
        assertEquals("first", new String(gate.answer(shifted).body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"?, To=%2B39&From=1001", "'', ?To=%2B39&From=1001", "?To, =%2B39&From=1001"})
    void shiftedRequestUnderAPin_isRefused(String tail, String body) {
        Draft shifted = shifted(URL + tail, body);
        assertInstanceOf(Verdict.Verified.class, TestGate.of().verify(shifted));
        assertEquals(401, TestGate.of("signalwire/query", QUERY).reason(shifted).status());
    }

    @ParameterizedTest
    @CsvSource({"?, To=%2B39&From=1001", "?To, =%2B39&From=1001"})
    void shiftedRequestWhereNoQueryMayBe_isRefused(String tail, String body) {
        assertEquals(
                Reason.QUERY_NOT_PINNED, TestGate.of("signalwire/query", "none").reason(shifted(URL + tail, body)));
    }

    @Test
    void shiftedFormWhereNoQueryMayBe_isRefused() {
        String url = URL + "?" + QUERY;
        Draft shifted = signalwire(
                        URL + "?",
                        "application/x-www-form-urlencoded",
                        utf8(QUERY.replace("%", "%25").replace("&", "%26").replace("=", "%3D")))
                .tag(sha1Base64(url));
        assertInstanceOf(Verdict.Verified.class, TestGate.of().verify(shifted));
        assertEquals(
                Reason.QUERY_NOT_PINNED, TestGate.of("signalwire/query", "none").reason(shifted));
    }

    @Test
    void pinnedQuery_admitsThatQueryOnly() {
        TestGate gate = TestGate.of("signalwire/query", QUERY);
        assertInstanceOf(Verdict.Verified.class, gate.verify(get()));
        assertEquals(Reason.QUERY_NOT_PINNED, gate.reason(SignedRequests.signalwireJson("{}")));
    }

    @Test
    void pinToNoQuery_admitsRequestsWithout() {
        TestGate gate = TestGate.of("signalwire/query", "none");
        assertInstanceOf(Verdict.Verified.class, gate.verify(SignedRequests.signalwireJson("{}")));
        assertEquals(Reason.QUERY_NOT_PINNED, gate.reason(get()));
    }

    /** The same concatenation of names and values is the same MAC, so it is handled once. */
    @Test
    void nameAndValueShifted_areTheSameDelivery() {
        TestGate gate = TestGate.of();
        gate.claim(SignedRequests.signalwireForm("AB=C")).complete(Answer.text(200, "text/plain", "first"));
        assertEquals(200, gate.answer(SignedRequests.signalwireForm("A=BC")).status());
    }
}
