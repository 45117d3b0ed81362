package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.sender.Reason;

/** Signatures that are none, for every sender that signs: refused with a reason of status 401, never an exception. */
class HostileSignatureTest {

    @TestFactory
    Stream<DynamicTest> spoiltSignature_isRefusedWith401() {
        return SignedRequests.ofAllThatSign().stream().flatMap(HostileSignatureTest::ofSender);
    }

    private static Stream<DynamicTest> ofSender(Draft draft) {
        String good = draft.goodTag();
        boolean canBeOther = draft.sender.equals("edgvoip");
        Map<String, String[]> cases = new LinkedHashMap<>();
        cases.put("missing", new String[] {});
        cases.put("empty", new String[] {""});
        cases.put("doubled", new String[] {good, good});
        cases.put("empty and good", new String[] {"", good});
        cases.put("blank", new String[] {" "});
        cases.put("space before", new String[] {" " + good});
        cases.put("space after", new String[] {good + " "});
        cases.put("newline after", new String[] {good + "\n"});
        cases.put("NUL after", new String[] {good + "\0"});
        cases.put("one character short", new String[] {good.substring(0, good.length() - 1)});
        cases.put("two characters short", new String[] {good.substring(0, good.length() - 2)});
        cases.put("one character long", new String[] {good + "0"});
        cases.put("two characters long", new String[] {good + "00"});
        cases.put("twice over", new String[] {good + good});
        cases.put("comma list", new String[] {good + "," + good});
        cases.put("comma list with space", new String[] {good + ", " + good});
        cases.put("not of the alphabet", new String[] {replaceLast(good, 'z') + ""});
        cases.put("latin-1", new String[] {replaceLast(good, '\u00e8')});
        cases.put("full-width digit", new String[] {replaceLast(good, '\uff11')});
        cases.put("arabic digit", new String[] {replaceLast(good, '\u0661')});
        cases.put("lone surrogate", new String[] {replaceLast(good, '\ud800')});
        cases.put("all full-width", new String[] {"\uff10".repeat(good.length())});
        cases.put("10,000 characters", new String[] {"a".repeat(10_000)});
        cases.put("prefix alone", new String[] {"sha256="});
        cases.put("prefix v1 alone", new String[] {"v1="});
        cases.put("prefix twice", new String[] {"sha256=" + (good.startsWith("sha256=") ? good : "sha256=" + good)});
        cases.put("prefix sha1=", new String[] {"sha1=" + bare(good)});
        cases.put("prefix of another sender", new String[] {(good.startsWith("v1=") ? "sha256=" : "v1=") + bare(good)});
        cases.put("prefix in capitals", new String[] {prefix(good).toUpperCase(Locale.ROOT) + "X=" + bare(good)});
        cases.put("prefix in the middle", new String[] {middle(good)});
        cases.put("0x before", new String[] {prefix(good) + "0x" + bare(good)});
        cases.put("quoted", new String[] {'"' + good + '"'});
        cases.put("every prefix of the good one", null);
        if (!canBeOther && !good.endsWith("=")) {
            cases.put("upper case", new String[] {prefix(good) + bare(good).toUpperCase(Locale.ROOT)});
        }
        if (!prefix(good).isEmpty()) {
            cases.put("prefix in the wrong case", new String[] {prefix(good).toUpperCase(Locale.ROOT) + bare(good)});
        }
        // Chaindoc's own code takes either case.
        if (draft.sender.equals("chaindoc-v2")) {
            cases.remove("upper case");
        }
        return cases.entrySet().stream()
                .map(c -> dynamicTest(draft.sender + ": " + c.getKey(), () -> {
                    if (c.getValue() == null) {
                        everyPrefix(draft, good);
                    } else {
                        check(draft.tag(c.getValue()));
                    }
                }));
    }

    private static void everyPrefix(Draft draft, String good) {
        for (int length = 0; length < good.length(); length++) {
            check(draft.tag(good.substring(0, length)));
        }
    }

    private static void check(Draft draft) {
        Reason reason = TestGate.of().reason(draft);
        assertEquals(401, reason.status(), reason::key);
    }

    private static String prefix(String tag) {
        return tag.startsWith("sha256=") ? "sha256=" : tag.startsWith("v1=") ? "v1=" : "";
    }

    private static String bare(String tag) {
        return tag.substring(prefix(tag).length());
    }

    private static String middle(String tag) {
        String bare = bare(tag);
        return bare.substring(0, 10) + "sha256=" + bare.substring(10);
    }

    private static String replaceLast(String text, char c) {
        int at = text.length() - (text.endsWith("=") ? 2 : 1);
        return text.substring(0, at) + c + text.substring(at + 1);
    }

    @Test
    void goodSignature_isVerified() {
        SignedRequests.ofAllThatSign()
                .forEach(d ->
                        assertInstanceOf(Verdict.Verified.class, TestGate.of().verify(d), d.sender));
    }

    @Test
    void macUnderTheEmptyKey_isRefused() {
        SignedRequests.ofAllThatSign().forEach(d -> check(d.tag(resigned(d, new byte[0]))));
    }

    @Test
    void macUnderTheHexDecodedKey_isRefused() {
        String secret = "55d2d376b4c94e8e5394bcacae17076c670e0950d70a015ebf47d2e51482c595";
        Draft draft = SignedRequests.edgvoip(SignedRequests.TENANT);
        TestGate gate = TestGate.with(b -> b.secrets(
                r -> org.verifiedwebhook.secret.SecretSet.of(org.verifiedwebhook.secret.Secret.ofText("hex", secret))));
        assertInstanceOf(Verdict.Verified.class, gate.verify(draft.tag(resigned(draft, SignedRequests.utf8(secret)))));
        assertEquals(
                Reason.SIGNATURE_MISMATCH,
                gate.reason(draft.tag(resigned(draft, HexFormat.of().parseHex(secret)))));
    }

    /** The request's own signature, made with another key. */
    private static String resigned(Draft draft, byte[] key) {
        String timestamp =
                draft.headers.getOrDefault("X-Chaindoc-Timestamp", List.of("")).get(0);
        byte[] content =
                switch (draft.sender) {
                    case "chaindoc-v2" -> SignedRequests.concat(SignedRequests.utf8(timestamp + "."), draft.body);
                    case "signalwire" -> SignedRequests.concat(SignedRequests.utf8(draft.url), formOrBody(draft));
                    default -> draft.body;
                };
        String algorithm = draft.sender.equals("signalwire") ? "HmacSHA1" : "HmacSHA256";
        byte[] mac = SignedRequests.mac(algorithm, key, content);
        String good = draft.goodTag();
        return good.endsWith("=") && draft.sender.equals("signalwire")
                ? Base64.getEncoder().encodeToString(mac)
                : prefix(good) + HexFormat.of().formatHex(mac);
    }

    private static byte[] formOrBody(Draft draft) {
        boolean form = draft.headers.get("Content-Type").get(0).contains("form");
        return form ? SignedRequests.utf8("CallSidCA1From+39") : draft.body;
    }

    @Test
    void resigning_isRightWithTheRightKey() {
        SignedRequests.ofAllThatSign().forEach(d -> {
            String again = resigned(d, SignedRequests.utf8(SignedRequests.SECRET));
            assertEquals(d.goodTag(), again, d.sender);
        });
    }
}
