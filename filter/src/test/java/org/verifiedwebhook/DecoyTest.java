package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Senders;

/** Everybody can sign with the keys that stand for nobody's, and is nobody. */
class DecoyTest {

    private static final byte[] BODY = utf8("{\"type\":\"paid\"}");

    /** A gate at which {@code acme} has the decoy for a secret, as nobody should. */
    private static TestGate gate(String scheme, String secret) {
        String json = ("{" + scheme + ",'tenant':{'from':'header:X-Tenant'}}").replace('\'', '"');
        SecretSet decoy = SecretSet.of(Secret.ofText("decoy", secret));
        return TestGate.with(b -> b.senders(Senders.of(Map.of("own", json)))
                .secrets(r -> r.tenant().orElseThrow().equals("acme") ? decoy : SecretSet.none()));
    }

    private static void forged(TestGate gate, String signature) {
        assertInstanceOf(Verdict.Verified.class, verify(gate, "acme", signature), "the control");
        assertEquals(new Verdict.Rejected(Reason.TENANT_UNKNOWN), verify(gate, "nobody", signature));
        assertEquals(new Verdict.Rejected(Reason.SECRET_MISSING), verify(gate, "bare", signature));
    }

    private static Verdict verify(TestGate gate, String tenant, String signature) {
        return gate.gate.verify(
                "own",
                WebhookRequest.of("POST", "https://hooks.example.com/hooks/own")
                        .header("X-Tenant", tenant)
                        .header("X-Sig", signature)
                        .body(BODY)
                        .build());
    }

    private static String text(Algorithm algorithm) {
        return new String(Decoy.of(algorithm).bytes(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"HMAC_SHA256", "HMAC_SHA1", "HMAC_SHA512"})
    void macWithTheDecoy_verifiesNobody(Algorithm algorithm) {
        TestGate gate = gate(
                "'alg':'" + algorithm.key()
                        + "','signature':[{'from':'header:X-Sig'}],'encoding':'hex','content':'{body}'",
                text(algorithm));
        forged(gate, SignedRequests.hex(algorithm.jcaName(), text(algorithm), BODY));
    }

    @Test
    void digestOverTheDecoy_verifiesNobody() {
        TestGate gate = gate(
                "'alg':'sha256','signature':[{'from':'header:X-Sig'}],'encoding':'hex','content':'{secret}{body}'",
                text(Algorithm.SHA256));
        forged(gate, SignedContent.sha256Hex(SignedRequests.concat(utf8(text(Algorithm.SHA256)), BODY)));
    }

    @Test
    void decoyAsAToken_verifiesNobody() {
        String token = text(Algorithm.HMAC_SHA256);
        forged(gate("'alg':'token','signature':[{'from':'header:X-Sig'}]", token), token);
    }

    /** Its private key is 1. */
    @Test
    void signatureOfTheDecoysKey_verifiesNobody() throws GeneralSecurityException {
        AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
        p256.init(new ECGenParameterSpec("secp256r1"));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(BigInteger.ONE, p256.getParameterSpec(ECParameterSpec.class))));
        signer.update(BODY);
        TestGate gate = gate(
                "'alg':'ecdsa-p256-sha256','signature':[{'from':'header:X-Sig'}],'encoding':'base64',"
                        + "'content':'{body}','key':{'decode':'hex','format':'spki'}",
                text(Algorithm.ECDSA_P256_SHA256));
        forged(gate, Base64.getEncoder().encodeToString(signer.sign()));
    }

    /** Or a real one would be asked for in its place. */
    @Test
    void nameThatIsLookedUpForNobody_isNoSendersName() {
        String name = Decoy.request().sender();
        assertThrows(IllegalArgumentException.class, () -> Sender.checkName(name));
        assertEquals(
                List.of("asked"),
                Decoy.besides(r -> SecretSet.of(Secret.ofText("asked", "by-others")))
                        .secretsFor(
                                new org.verifiedwebhook.secret.SecretRequest("own", java.util.Optional.of("nobody")))
                        .secrets()
                        .stream()
                        .map(Secret::label)
                        .toList());
    }
}
