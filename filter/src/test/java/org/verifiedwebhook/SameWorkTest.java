package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Senders;

/**
 * A tenant that does not exist, or has no secret, costs the cryptographic work of one that has one or more, to the byte: counted at
 * the platform's door, where no clock is needed to see some of it left out. The times are {@code TimingTest}'s.
 */
class SameWorkTest {

    private static final byte[] BODY = utf8("{\"type\":\"paid\"}");
    private static final String SECRET = "whsec_" + "c2VjcmV0".repeat(6);

    private final CountingProvider counter = new CountingProvider();

    @BeforeEach
    void count() {
        Security.insertProviderAt(counter, 1);
    }

    @AfterEach
    void stop() {
        Security.removeProvider(counter.getName());
    }

    private static TestGate gate(String file, String secret) {
        String json = ("{" + file + ",'tenant':{'from':'header:X-Tenant'}}").replace('\'', '"');
        SecretSet known = SecretSet.of(Secret.ofText("known", secret));
        SecretSet old = SecretSet.of(Secret.ofText("old", secret).validUntil(SignedRequests.NOW));
        String stem = secret.substring(0, secret.length() - 1);
        List<Secret> all = Stream.of("1", "2", "3")
                .map(end -> Secret.ofText(end, stem + end))
                .toList();
        SecretSet two = new SecretSet(all.subList(0, 2));
        SecretSet three = new SecretSet(all);
        Map<String, SecretSet> sets = Map.of(
                "acme", known, "rotating", two, "rotating-twice", three, "globex", old, "bare", SecretSet.none());
        return TestGate.with(b -> b.senders(Senders.of(Map.of("own", json)))
                .tenants(claims ->
                        claims.get("tenant").filter(sets::containsKey).stream().toList())
                .secrets(r -> sets.get(r.tenant().orElseThrow())));
    }

    private List<String> work(TestGate gate, String tenant, String signature, Reason expected) {
        WebhookRequest request = WebhookRequest.of("POST", "https://hooks.example.com/hooks/own")
                .header("X-Tenant", tenant)
                .header("X-Sig", signature)
                .body(BODY)
                .build();
        counter.taken();
        assertEquals(new Verdict.Rejected(expected), gate.gate.verify("own", request));
        return counter.taken();
    }

    /** @param once the work for one secret; three are tried */
    private void sameWork(TestGate gate, String signature, String... once) {
        List<String> wanted = Stream.of(once, once, once).flatMap(Stream::of).toList();
        for (String tenant : List.of("acme", "rotating", "rotating-twice")) {
            assertEquals(wanted, work(gate, tenant, signature, Reason.SIGNATURE_MISMATCH), tenant);
        }
        assertEquals(wanted, work(gate, "nobody", signature, Reason.TENANT_UNKNOWN));
        assertEquals(wanted, work(gate, "bare", signature, Reason.SECRET_MISSING));
        assertEquals(wanted, work(gate, "globex", signature, Reason.SECRET_MISSING));
    }

    @ParameterizedTest
    @CsvSource({"hmac-sha1, 40, SHA1, SHA-1", "hmac-sha256, 64, SHA256, SHA-256", "hmac-sha512, 128, SHA512, SHA-512"})
    void mac_isMadeForNobodyToo(String algorithm, int length, String mac, String digest) {
        for (String key : List.of("{}", "{'decode':'base64','strip':'whsec_'}")) {
            TestGate gate = gate(
                    "'alg':'" + algorithm + "','signature':[{'from':'header:X-Sig'}],'encoding':'hex',"
                            + "'content':'{method}.{body}','key':" + key,
                    SECRET);
            sameWork(gate, "0".repeat(length), digest + " in 2", "Hmac" + mac + " of " + (BODY.length + 5));
        }
    }

    /** One longer than a block is hashed first. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 65, 68, 100, 118})
    void mac_costsTheSameWithASecretOfAnyUsualLength(int secret) {
        TestGate gate = gate(
                "'alg':'hmac-sha256','signature':[{'from':'header:X-Sig'}],'encoding':'hex','content':'{body}'",
                "s".repeat(secret));
        sameWork(gate, "0".repeat(64), "SHA-256 in 2", "HmacSHA256 of " + BODY.length);
    }

    @Test
    void digestOverTheSecret_isMadeForNobodyToo() {
        TestGate gate = gate(
                "'alg':'sha256','signature':[{'from':'header:X-Sig'}],'encoding':'hex','content':'{secret}{body}'",
                SECRET);
        sameWork(gate, "0".repeat(64), "SHA-256 in 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 55, 56, 64, 100, 118})
    void token_isComparedForNobodyToo(int secret) {
        TestGate gate = gate("'alg':'token','signature':[{'from':'header:X-Sig'}]", "s".repeat(secret));
        sameWork(gate, "no-token-of-anybody", "SHA-256 in 2", "SHA-256 in 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "SHA256withECDSA", "SHA256withRSA"})
    void publicKeySignature_isCheckedForNobodyToo(String jca) throws GeneralSecurityException {
        String family = jca.equals("Ed25519") ? jca : jca.endsWith("RSA") ? "RSA" : "EC";
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        if (!family.equals("Ed25519")) {
            generator.initialize(family.equals("EC") ? 256 : 2048);
        }
        KeyPair pair = generator.generateKeyPair();
        Signature signer = Signature.getInstance(jca);
        signer.initSign(pair.getPrivate());
        signer.update(utf8("something else"));
        String algorithm = Map.of("Ed25519", "ed25519", "EC", "ecdsa-p256-sha256", "RSA", "rsa-sha256")
                .get(family);
        TestGate gate = gate(
                "'alg':'" + algorithm + "','signature':[{'from':'header:X-Sig'}],'encoding':'base64',"
                        + "'content':'{body}','key':{'decode':'base64','format':'spki'}",
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        String signature = Base64.getEncoder().encodeToString(signer.sign());
        List<String> known = work(gate, "acme", signature, Reason.SIGNATURE_MISMATCH);
        assertFalse(known.isEmpty());
        assertEquals(known, work(gate, "nobody", signature, Reason.TENANT_UNKNOWN));
        assertEquals(known, work(gate, "bare", signature, Reason.SECRET_MISSING));
        assertEquals(known, work(gate, "globex", signature, Reason.SECRET_MISSING));
    }
}
