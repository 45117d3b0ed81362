package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.embedded.CapturedLog;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Senders;

class HandshakesTest {

    private static final String SENDER = """
            {
              "alg": "hmac-sha256",
              "signature": [{ "from": "header:X-Signature" }],
              "encoding": "hex",
              "content": "{body}",
              "challenges": [
                {
                  "method": "GET",
                  "when": { "query:hub.mode": "subscribe", "query:hub.verify_token": "{verifyToken}" },
                  "verify": "none",
                  "body": "${query:hub.challenge}"
                },
                {
                  "method": "GET",
                  "when": { "query:crc_token": "*" },
                  "verify": "none",
                  "type": "application/json",
                  "body": "{\\"response_token\\":\\"sha256=${hmac-base64:query:crc_token}\\"}"
                },
                {
                  "method": "GET",
                  "when": { "query:echo": "*" },
                  "verify": "none",
                  "type": "application/json",
                  "body": "{\\"echo\\":\\"${query:echo}\\"}"
                },
                { "when": { "json:/type": "url_verification" }, "body": "${json:/challenge}" }
              ]
            }
            """;

    private final WebhookGate gate = WebhookGate.builder()
            .senders(Senders.of(Map.of("greeter", SENDER)))
            .settings(Settings.of(Map.of("webhook/greeter/config/verifyToken", "the-operators-token")))
            .secrets(request -> SecretSet.of(Secret.ofText("only", "0123456789abcdef")))
            .build();

    private Answer get(String query) {
        WebhookRequest request =
                WebhookRequest.of("GET", "https://example.com/hook?" + query).build();
        return assertInstanceOf(Admission.Answered.class, gate.admit("greeter", request))
                .answer();
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void rightToken_echoesTheChallengeAsTextNobodySniffs() {
        Answer answer = get("hub.mode=subscribe&hub.verify_token=the-operators-token&hub.challenge=%3Cb%3E42");
        assertEquals(200, answer.status());
        assertEquals("<b>42", text(answer));
        assertEquals("text/plain;charset=UTF-8", answer.headers().get("Content-Type"));
        assertEquals("nosniff", answer.headers().get("X-Content-Type-Options"));
    }

    @Test
    void wrongToken_isVerifiedLikeAnyRequest() {
        assertEquals(
                401,
                get("hub.mode=subscribe&hub.verify_token=a-strangers-token&hub.challenge=42")
                        .status());
    }

    @Test
    void doubledToken_isVerifiedLikeAnyRequest() {
        String token = "hub.verify_token=the-operators-token";
        assertEquals(
                401,
                get("hub.mode=subscribe&" + token + "&" + token + "&hub.challenge=42")
                        .status());
    }

    @Test
    void endlessChallenge_isNotEchoed() {
        String endless = "4".repeat(1025);
        assertEquals(
                401,
                get("hub.mode=subscribe&hub.verify_token=the-operators-token&hub.challenge=" + endless)
                        .status());
    }

    @Test
    void keyedChallenge_isAnsweredWithItsMac() {
        // printf %s hello | openssl dgst -sha256 -hmac 0123456789abcdef -binary | base64
        assertEquals(
                "{\"response_token\":\"sha256=cTuiDS5f37xEckJEvyMF7QcU8W7K113wbpVHta5D2Do=\"}",
                text(get("crc_token=hello")));
    }

    @Test
    void keyedChallengeThatCouldBeABody_isNotSigned() {
        assertEquals(401, get("crc_token=%7B%22type%22:%22paid%22%7D").status());
    }

    @Test
    void unsignedHandshakeThatMustBeSigned_isRejected() {
        WebhookRequest request = WebhookRequest.of("POST", "https://example.com/hook")
                .header("X-Signature", "00".repeat(32))
                .body("{\"type\":\"url_verification\",\"challenge\":\"c\"}".getBytes(StandardCharsets.UTF_8))
                .build();
        Admission.Answered answered = assertInstanceOf(Admission.Answered.class, gate.admit("greeter", request));
        assertEquals(401, answered.answer().status());
    }

    @Test
    void signedHandshake_isAnsweredWithoutTheApplication() {
        // printf %s '{"type":"url_verification","challenge":"c"}' | openssl dgst -sha256 -hmac 0123456789abcdef
        WebhookRequest request = WebhookRequest.of("POST", "https://example.com/hook")
                .header("X-Signature", "f9f949052c369082ca2095ee71bbe055dec2dd06be7b66dbac7fb8312fbf5bd7")
                .body("{\"type\":\"url_verification\",\"challenge\":\"c\"}".getBytes(StandardCharsets.UTF_8))
                .build();
        Admission.Answered answered = assertInstanceOf(Admission.Answered.class, gate.admit("greeter", request));
        assertEquals(200, answered.answer().status());
        assertEquals("c", text(answered.answer()));
    }

    @Test
    void longestChallenge_isEchoedWithAllThatCanBeSeen() {
        String visible = " !~" + "4".repeat(1021);
        assertEquals(
                visible,
                text(get("hub.mode=subscribe&hub.verify_token=the-operators-token&hub.challenge="
                        + visible.replace(" ", "%20"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%1f", "%7f", "%00", "%c3%a4", "a&hub.challenge=a"})
    void challengeThatIsNoPlainText_isNotEchoed(String challenge) {
        assertEquals(
                401,
                get("hub.mode=subscribe&hub.verify_token=the-operators-token&hub.challenge=" + challenge)
                        .status());
    }

    @Test
    void quoteInAChallenge_isEscapedInJsonOnly() {
        assertEquals(
                "a\"b\\c",
                text(get("hub.mode=subscribe&hub.verify_token=the-operators-token&hub.challenge=a%22b%5Cc")));
        assertEquals("{\"echo\":\"a\\\"b\\\\c\"}", text(get("echo=a%22b%5Cc")));
    }

    @Test
    void secretThatCannotBeHad_is503AndToldToTheOperator() {
        WebhookGate failing = WebhookGate.builder()
                .senders(Senders.of(Map.of("greeter", SENDER)))
                .settings(Settings.of(Map.of("webhook/greeter/config/verifyToken", "the-operators-token")))
                .secrets(request -> {
                    throw new SecretUnavailableException("down");
                })
                .build();
        WebhookRequest request = WebhookRequest.of("GET", "https://example.com/hook?crc_token=hello")
                .build();
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            assertEquals(
                    503,
                    assertInstanceOf(Admission.Answered.class, failing.admit("greeter", request))
                            .answer()
                            .status());
            assertEquals(1, log.count("sender greeter: no secret for its handshake"), log::text);
        }
    }
}
