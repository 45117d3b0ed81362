package org.verifiedwebhook.sample.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.sample.data.DemoData;

/** What a shell makes of each command is what its sender signs. Recomputed here, with no help of {@link Signatures}. */
final class ExamplesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    private final Map<String, Example> examples = new Examples("http://127.0.0.1:8080/", NOW, "n-1")
            .list().stream().collect(Collectors.toMap(Example::name, example -> example));

    @Test
    void edgvoip_signsItsBody() throws Exception {
        Shell request = request("EDGVoIP");
        assertEquals("http://127.0.0.1:8080/hooks/edgvoip", request.url());
        assertEquals(
                "sha256=" + sha256(DemoData.EDGVOIP.get("w3suite-tenant-001"), request.body()),
                request.header("X-Webhook-Signature"));
        assertEquals("n-1", request.header("X-Request-ID"));
    }

    @Test
    void forgery_hasTheSignatureOfAnotherBody() throws Exception {
        Shell request = request("A forgery");
        assertEquals(request("EDGVoIP").header("X-Webhook-Signature"), request.header("X-Webhook-Signature"));
        assertNotEquals(
                "sha256=" + sha256(DemoData.EDGVOIP.get("w3suite-tenant-001"), request.body()),
                request.header("X-Webhook-Signature"));
        assertEquals(401, examples.get("A forgery").status());
    }

    @Test
    void chaindoc_signsItsBody() throws Exception {
        Shell request = request("Chaindoc");
        assertEquals(sha256(DemoData.SHARED.get("chaindoc"), request.body()), request.header("X-Webhook-Signature"));
    }

    @Test
    void chaindocV2_signsTimestampAndBody() throws Exception {
        Shell request = request("Chaindoc, contract of 2026");
        assertEquals("2026-01-01T00:00:00.123Z", request.header("X-Chaindoc-Timestamp"));
        assertEquals(
                "v1=" + sha256(DemoData.SHARED.get("chaindoc-v2"), "2026-01-01T00:00:00.123Z." + request.body()),
                request.header("X-Chaindoc-Signature"));
    }

    @Test
    void cloudonixStatus_signsItsBody() throws Exception {
        Shell request = request("Cloudonix status");
        assertEquals(
                sha256(DemoData.SHARED.get("cloudonix-status"), request.body()),
                request.header("X-Cloudonix-Signature"));
    }

    @Test
    void cloudonixVoice_bearsItsToken() throws Exception {
        assertEquals(
                "Bearer XI_abc123xyz_org_one_requests_key_0001",
                request("Cloudonix voice").header("Authorization"));
    }

    @Test
    void zorio_signsItsBodyAndIsFresh() throws Exception {
        Shell request = request("Zorio");
        assertEquals(
                "sha256=" + sha256(DemoData.SHARED.get("zorio"), request.body()), request.header("X-Zorio-Signature"));
        assertEquals("1767225600", request.header("X-Zorio-Timestamp"));
        assertEquals("n-1", request.header("X-Zorio-Delivery"));
    }

    @Test
    void signalWire_signsUrlAndSortedForm() throws Exception {
        Shell request = request("SignalWire");
        assertEquals("CallSid=n-1&From=%2B14158675309&To=%2B18005551212&CallStatus=ringing", request.body());
        assertEquals(
                sha1("http://127.0.0.1:8080/hooks/signalwire"
                        + "CallSidn-1CallStatusringingFrom+14158675309To+18005551212"),
                request.header("X-SignalWire-Signature"));
    }

    @Test
    void signalWireByGet_signsTheUrl() throws Exception {
        Shell request = request("SignalWire, by GET");
        assertEquals(
                "http://127.0.0.1:8080/hooks/signalwire?CallSid=n-1&From=%2B14158675309&CallStatus=ringing",
                request.url());
        assertEquals(sha1(request.url()), request.header("X-SignalWire-Signature"));
    }

    @Test
    void publishedVector_isMatched() {
        assertEquals(
                "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
                Signatures.signalWire(
                        "12345",
                        "https://mycompany.com/myapp.php?foo=1&bar=2",
                        Map.of(
                                "CallSid", "CA1234567890ABCDE",
                                "Caller", "+14158675309",
                                "Digits", "1234",
                                "From", "+14158675309",
                                "To", "+18005551212")));
    }

    private Shell request(String name) throws Exception {
        return Shell.run(examples.get(name).curl().toString());
    }

    private static String sha256(String secret, String content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(mac("HmacSHA256", secret, content));
    }

    private static String sha1(String content) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(mac("HmacSHA1", DemoData.SHARED.get("signalwire"), content));
    }

    private static byte[] mac(String algorithm, String secret, String content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
        return mac.doFinal(content.getBytes(UTF_8));
    }
}
