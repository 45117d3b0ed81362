package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.verifiedwebhook.SignedRequests.NOW;
import static org.verifiedwebhook.SignedRequests.SECRET;
import static org.verifiedwebhook.SignedRequests.hex;
import static org.verifiedwebhook.SignedRequests.sha1Base64;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.embedded.CapturedLog;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.SettingsSecretProvider;
import org.verifiedwebhook.sender.Senders;

/** Whatever is wrong with the secret, nothing is accepted: not with its key, nor with any that a stranger may guess. */
class FailClosedTest {

    /** Keys that a stranger tries first. */
    private static final List<String> GUESSED = List.of("", "null", "whsec_", " ", "undefined", "changeme", SECRET);

    private static final String OWN = "{\"alg\":\"hmac-sha256\",\"signature\":[{\"from\":\"header:X-Sig\"}],"
            + "\"encoding\":\"hex\",\"content\":\"{body}\",\"key\":{\"strip\":\"whsec_\",\"decode\":\"base64\"}}";

    /** Requests of all senders with tags of every guessed key, and without any. */
    private static List<Draft> forged() {
        List<Draft> all = new ArrayList<>();
        for (String key : GUESSED) {
            for (Draft draft : SignedRequests.ofAllThatSign()) {
                String tag = draft.goodTag();
                byte[] content = draft.sender.equals("chaindoc-v2")
                        ? SignedRequests.concat(utf8(NOW + "."), draft.body)
                        : draft.body;
                String mac = hex("HmacSHA256", key, content);
                if (draft.sender.equals("signalwire")) {
                    mac = hex("HmacSHA1", key, SignedRequests.concat(utf8(draft.url), draft.body));
                }
                all.add(draft.tag(
                        tag.matches(".*=$") ? sha1Base64(draft.url) : tag.replaceFirst("[0-9a-f]{40,}$", mac)));
            }
            all.add(SignedRequests.voice().tag("Bearer " + key));
        }
        return all;
    }

    private static SecretProvider failing(RuntimeException failure) {
        return r -> {
            throw failure;
        };
    }

    /** What a provider can do wrong, with the answer it deserves. */
    private static Map<String, SecretProvider> providers() {
        Map<String, SecretProvider> providers = new LinkedHashMap<>();
        providers.put("503 says null", r -> null);
        providers.put("503 cannot look", failing(new SecretUnavailableException("down")));
        providers.put("503 breaks", failing(new IllegalStateException("broken")));
        providers.put("503 null in the set", r -> new SecretSet(Arrays.asList((Secret) null)));
        for (String text : List.of("", " ", "\t\r\n", "\0\0\0\0", "null", "NULL", " null\n")) {
            providers.put(
                    "503 text '" + text.trim() + "'/" + text.length(), r -> SecretSet.of(Secret.ofText("s", text)));
        }
        providers.put("401 has none", r -> SecretSet.none());
        providers.put(
                "401 has expired ones only",
                r -> SecretSet.of(
                        Secret.ofText("s", SECRET).validUntil(NOW),
                        Secret.ofText("t", SECRET).validFrom(NOW.plusSeconds(1))));
        for (String text : List.of("", " ", "null", "whsec_", "changeme", "${secret}", ":secret", "\0")) {
            Map<String, String> settings = new LinkedHashMap<>();
            for (String sender : Senders.builtIn()) {
                settings.put("webhook/" + sender + "/secret", text);
                settings.put("webhook/" + sender + "/tenants/acme/secret", text);
            }
            providers.put(
                    "503 setting '" + text.trim() + "'/" + text.length(),
                    new SettingsSecretProvider(Settings.of(settings)));
        }
        return providers;
    }

    @TestFactory
    Stream<DynamicTest> provider_acceptsNothing() {
        return providers().entrySet().stream()
                .map(e -> dynamicTest(e.getKey(), () -> {
                    TestGate gate = TestGate.with(b -> b.secrets(e.getValue()));
                    int expected = Integer.parseInt(e.getKey().substring(0, 3));
                    for (Draft draft : forged()) {
                        Admission admission = gate.admit(draft);
                        assertInstanceOf(Admission.Answered.class, admission, draft.sender);
                        int status = ((Admission.Answered) admission).answer().status();
                        boolean empty = draft.sender.equals("cloudonix-voice") && status == 401;
                        assertTrue(status == expected || empty, () -> draft.sender + ": " + status);
                    }
                }));
    }

    /** The control: the secret that the last of the guesses knows is accepted, and is by nobody but it. */
    @Test
    void goodProvider_acceptsWhatIsSignedWithItsSecret() {
        TestGate gate = TestGate.with(b -> b.secrets(r -> SecretSet.of(Secret.ofText("s", SECRET))));
        long accepted = forged().stream()
                .filter(d -> gate.verify(d) instanceof Verdict.Verified)
                .count();
        assertEquals(7, accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_!", "whsec_===="})
    void prefixWithoutAKey_acceptsNothing(String secret) {
        TestGate gate = TestGate.with(
                b -> b.senders(Senders.of(Map.of("own", OWN))).secrets(r -> SecretSet.of(Secret.ofText("s", secret))));
        byte[] body = utf8("{}");
        for (String key : GUESSED) {
            WebhookRequest request = WebhookRequest.of("POST", "https://h.example/")
                    .header("X-Sig", hex("HmacSHA256", key, body))
                    .body(body)
                    .build();
            Admission.Answered answered = assertInstanceOf(Admission.Answered.class, gate.gate.admit("own", request));
            assertEquals(503, answered.answer().status());
        }
    }

    /** The setting is named where the operator looks, its value nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"Sh0rt", "Sh0rt-null"})
    void badSetting_isNamedAndItsValueIsNot(String text) {
        TestGate gate = TestGate.with(b -> b.secrets(
                new SettingsSecretProvider(Settings.of(Map.of("webhook/edgvoip/tenants/acme/secret", text)))));
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            assertEquals(503, gate.answer(SignedRequests.edgvoip("acme")).status());
            assertTrue(log.text().contains("webhook/edgvoip/tenants/acme/secret"), log.text());
            assertFalse(log.text().contains(text), log.text());
        }
    }
}
