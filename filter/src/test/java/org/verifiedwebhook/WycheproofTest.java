package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.Senders;

/** Project Wycheproof's cases, as bodies and signatures of requests: the JDK's own verifiers accept some of the invalid ones. */
class WycheproofTest {

    private static final String SIGNED = """
            {"alg":"%s","signature":[{"from":"header:X-Sig"}],"encoding":"hex","content":"{body}","emptyBody":true,
             "key":{"decode":"hex","format":"spki"}}""";

    /**
     * Valid, and refused by the ECDSA of JDK 17, not of 25: the point's x is above the order of the curve, which by chance
     * happens to one signature in some 2 to the 128.
     */
    private static final Set<Integer> MISSED_BY_OLD_JDKS = Set.of(350, 479);

    /** {@code valid} and {@code invalid} count the cases, so that none is passed over. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "HMAC_SHA1, hmac_sha1, 33, 137",
        "HMAC_SHA256, hmac_sha256, 33, 141",
        "HMAC_SHA512, hmac_sha512, 33, 141",
        "ED25519, ed25519, 88, 63",
        "ECDSA_P256_SHA256, ecdsa_secp256r1_sha256, 174, 310",
        "RSA_SHA256, rsa_signature_2048_sha256, 9, 250"
    })
    void caseOfAnAlgorithm_isDecidedAsPublished(Algorithm algorithm, String file, int valid, int invalid) {
        List<String> wrong = new ArrayList<>();
        int counted = 0;
        int good = 0;
        for (JsonObject group : read(file).getJsonArray("testGroups").getValuesAs(JsonObject.class)) {
            for (JsonObject test : group.getJsonArray("tests").getValuesAs(JsonObject.class)) {
                boolean expected = isValid(algorithm, group, test);
                if (isVerified(algorithm, group, test) != expected && !mayBeEither(algorithm, test)) {
                    wrong.add(test.getInt("tcId") + ", " + test.getString("comment"));
                }
                counted++;
                good += expected ? 1 : 0;
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(valid, good);
        assertEquals(valid + invalid, counted);
    }

    private static JsonObject read(String file) {
        try (JsonReader reader =
                Json.createReader(WycheproofTest.class.getResourceAsStream("wycheproof/" + file + "_test.json"))) {
            return reader.readObject();
        }
    }

    private static boolean mayBeEither(Algorithm algorithm, JsonObject test) {
        if (algorithm == Algorithm.ECDSA_P256_SHA256 && Runtime.version().feature() < 25) {
            return MISSED_BY_OLD_JDKS.contains(test.getInt("tcId"));
        }
        // One RSA signature in an old spelling, which only who has the private key can make.
        return test.getString("result").equals("acceptable");
    }

    /** A tag that is cut short is wrong here. */
    private static boolean isValid(Algorithm algorithm, JsonObject group, JsonObject test) {
        boolean cut = group.containsKey("tagSize")
                && group.getInt("tagSize") < algorithm.signatureLength().orElseThrow() * Byte.SIZE;
        return test.getString("result").equals("valid") && !cut;
    }

    private static boolean isVerified(Algorithm algorithm, JsonObject group, JsonObject test) {
        boolean keyed = test.containsKey("key");
        Secret key = Secret.ofText("key", keyed ? test.getString("key") : group.getString("publicKeyDer"));
        TestGate gate = TestGate.with(b -> b.senders(Senders.of(Map.of("own", SIGNED.formatted(algorithm.key()))))
                .secrets(r -> SecretSet.of(key)));
        WebhookRequest request = WebhookRequest.of("POST", "https://hooks.example.com/hooks/own")
                .body(HexFormat.of().parseHex(test.getString("msg")))
                .header("X-Sig", test.getString(keyed ? "tag" : "sig"))
                .build();
        return gate.gate.verify("own", request) instanceof Verdict.Verified;
    }
}
