package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.verifiedwebhook.SignedRequests.SECRET;
import static org.verifiedwebhook.SignedRequests.URL;
import static org.verifiedwebhook.SignedRequests.hex;
import static org.verifiedwebhook.SignedRequests.sha1Base64;
import static org.verifiedwebhook.SignedRequests.signalwire;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.sender.Reason;

/** What SignalWire's two forms of signature accept and refuse, row by row as measured with its own and Twilio's code. */
class SignalWireTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final TestGate gate = TestGate.of();

    private void accepted(Draft draft) {
        assertInstanceOf(Verdict.Verified.class, gate.verify(draft));
    }

    private void refused(Draft draft) {
        assertEquals(401, gate.reason(draft).status());
    }

    /** A form called at {@code url}, signed over {@code content}. */
    private static Draft form(String url, String body, String content) {
        return signalwire(url, FORM, utf8(body)).tag(sha1Base64(content));
    }

    private static Draft json(String url, String body, String content) {
        return signalwire(url, "application/json", utf8(body)).tag(hex("HmacSHA1", SECRET, utf8(content)));
    }

    @Test
    void hexOverUrlAndRawBody_isAccepted() {
        accepted(json(URL, "{\"a\":1}", URL + "{\"a\":1}"));
        accepted(json(URL, "[]", URL + "[]").header("Content-Type", "Application/JSON; charset=utf-8"));
        accepted(json(URL, "", URL).method("GET"));
    }

    /**
     * A message of {@code x&From=…}, signed as a form: what was signed, sent as the body, would be a form with a caller of
     * the texter's choice, under the same MAC spelt as hex.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                FORM,
                "application/x-www-form-urlencoded; charset=utf-8",
                "Application/X-WWW-Form-URLencoded",
                "application/json, application/x-www-form-urlencoded",
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/jsonp",
                ""
            })
    void signedFieldsAsTheBodyOfTheOtherScheme_areRefused(String type) {
        Draft genuine = form(URL, "Body=x%26From%3D%2B1900%26", URL + "Bodyx&From=+1900&");
        accepted(genuine);
        String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(genuine.goodTag()));
        Draft forged = signalwire(URL, type, utf8("Bodyx&From=+1900&")).tag(hex);
        assertEquals(Reason.REQUIREMENT_UNMET, gate.reason(forged));
        forged.header("Content-Type", "application/json");
        assertInstanceOf(Verdict.Verified.class, gate.verify(forged), "the tag is right: only the type keeps it out");
        forged.header("Content-Type", "application/json", FORM);
        assertEquals(Reason.REQUIREMENT_UNMET, gate.reason(forged));
        assertEquals(Reason.REQUIREMENT_UNMET, gate.reason(forged.header("Content-Type")));
    }

    @Test
    void hexInUpperCase_isRefused() {
        Draft draft = json(URL, "{}", URL + "{}");
        refused(draft.tag(draft.goodTag().toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/x, https://h.example:443/x",
        "https://h.example:443/x, https://h.example/x",
        "http://h.example/x, http://h.example:80/x"
    })
    void hexWithAnotherSpellingOfThePort_isRefused(String called, String signed) {
        refused(json(called, "{}", signed + "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A=1&B=2 | A1B2",
                "B=2&A=1 | A1B2",
                "A=&B=2 | AB2",
                "A&B=2 | AB2",
                "flag | flag",
                "A=2&A=1&A=2 | A2A1A2",
                "a%5Bb%5D=1 | a[b]1",
                "a[b]=1 | a[b]1",
                "A=1;B=2 | A1;B=2",
                "A=1&&B=2& | A1B2",
                "A=100% | A100%",
                "A=%zz%4 | A%zz%4",
                "A=%FF | A\uFFFD",
                "A=x+y%2Bz%20w | Ax y+z w",
                "b=1&B=2 | B2b1",
                "%F0%9F%98%80=1&%EF%BF%BD=2 | \uD83D\uDE001\uFFFD2",
                "A=%C3%A8 | A\u00e8",
                "A=1=2 | A1=2"
            })
    void formFieldsSortedByName_areAccepted(String body, String content) {
        accepted(form(URL, body, URL + content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A=2&A=1 | A1A2",
                "A=1&A=1 | A1",
                "B=2&A=1 | B2A1",
                "b=1&B=2 | b1B2",
                "A=%FF | A%FF",
                "A=100% | A100",
                "A=+ | A+",
                "A[b]=1 | A1"
            })
    void formFieldsOtherwise_areRefused(String body, String content) {
        refused(form(URL, body, URL + content));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/x, https://h.example:443/x",
        "https://h.example:443/x, https://h.example/x",
        "http://h.example/x, http://h.example:80/x",
        "http://h.example:80/x, http://h.example/x",
        "https://h.example, https://h.example:443",
        "https://h.example?q=1, https://h.example:443?q=1",
        "https://[2001:db8::1]/x, https://[2001:db8::1]:443/x",
        "https://[2001:db8::1]:443/x, https://[2001:db8::1]/x",
        "https://h.example/a%2fb%c3%a8, https://h.example:443/a%2fb%c3%a8",
        "https://H.Example/x, https://H.Example/x",
        "https://h.example, https://h.example",
        "https://h.example/x?n=%3Fx, https://h.example/x?n=%3Fx",
        "https://h.example:8443/x, https://h.example:8443/x"
    })
    void formWithTheStandardPortEitherWay_isAccepted(String called, String signed) {
        accepted(form(called, "A=1", signed + "A1"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example:8443/x, https://h.example/x",
        "https://h.example/x, https://h.example:8443/x",
        "https://h.example:80/x, https://h.example/x",
        "http://h.example:443/x, http://h.example/x",
        "https://h.example/x, http://h.example/x",
        "https://h.example/x, https://h.example/x/",
        "https://H.example/x, https://h.example/x",
        "https://h.example/x?n=%3Fx, https://h.example/x?n=?x",
        "https://h.example/%2f, https://h.example/%2F",
        "https://h.example, https://h.example/",
        "https://h.example/x?, https://h.example/x",
        "https://h.example/x:443, https://h.example/x"
    })
    void formWithAnotherUrl_isRefused(String called, String signed) {
        refused(form(called, "A=1", signed + "A1"));
    }

    @Test
    void getWithTheQueryInTheUrl_isAccepted() {
        String url = URL + "?CallSid=CA1&From=%2B39";
        accepted(form(url, "", url).method("GET").header("Content-Type"));
    }

    @Test
    void queryMergedIntoTheFields_isRefused() {
        refused(form(URL + "?q=1", "A=1", URL + "?q=1" + "A1q1"));
    }

    /** Whoever has seen one signed URL could else send any body to it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | A=1",
                "application/json | {\"a\":1}",
                "text/plain | x",
                "multipart/form-data; boundary=x | --x--",
                "application/x-www-form-urlencoded | &",
                "application/x-www-form-urlencoded | &&&&",
                "application/x-www-form-urlencoded | =",
                "application/x-www-form-urlencoded | =&="
            })
    void signatureOfTheUrlAlone_authenticatesNoBody(String type, String body) {
        accepted(signalwire(URL, type, new byte[0]).tag(sha1Base64(URL)));
        refused(signalwire(URL, type, utf8(body)).tag(sha1Base64(URL)));
    }

    @Test
    void signatureOfTheUrlAlone_authenticatesNoBodyWithoutContentType() {
        refused(signalwire(URL, "x", utf8("A=1")).header("Content-Type").tag(sha1Base64(URL)));
        refused(signalwire(URL, "x", utf8("A=1"))
                .header("Content-Type", FORM, "application/json")
                .tag(sha1Base64(URL)));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Draft hashed(String query, String body) {
        String url = URL + "?" + query;
        return signalwire(url, "application/json", utf8(body)).tag(sha1Base64(url));
    }

    @Test
    void bodyHashInTheSignedUrl_bindsTheBody() {
        String hash = sha256("{\"a\":1}");
        accepted(hashed("bodySHA256=" + hash, "{\"a\":1}"));
        accepted(hashed("x=1&bodySHA256=" + hash + "&y=2", "{\"a\":1}"));
        refused(hashed("bodySHA256=" + hash, "{\"a\":2}"));
        refused(hashed("bodySHA256=" + hash, ""));
    }

    @Test
    void bodyHashOtherwise_isRefused() {
        String hash = sha256("{}");
        refused(hashed("bodySHA256=" + hash.toUpperCase(Locale.ROOT), "{}"));
        refused(hashed("bodySHA256=" + sha256("x") + "&bodySHA256=" + hash, "{}"));
        refused(hashed("bodySHA256=" + hash + "&bodySHA256=" + hash, "{}"));
        refused(hashed("xbodySHA256=" + hash, "{}"));
        refused(hashed("bodysha256=" + hash, "{}"));
        refused(hashed("bodySHA256=", "{}"));
        refused(hashed("bodySHA256=" + hash + "0", "{}"));
        refused(hashed("bodySHA256=" + hash.substring(1), "{}"));
        String path = URL + "/bodySHA256=" + hash;
        refused(signalwire(path, "application/json", utf8("{}")).tag(sha1Base64(path)));
    }

    @Test
    void bodyHashOfAnotherBody_isRefusedForAForm() {
        String url = URL + "?bodySHA256=" + sha256("A=2");
        refused(form(url, "A=1", url + "A1"));
        refused(form(url, "A=1", url));
    }

    @Test
    void jsonFieldsSortedAsForm_isRefused() {
        refused(signalwire(URL, "application/json", utf8("{\"a\":\"1\"}")).tag(sha1Base64(URL + "a1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unpadded", "url-safe", "sha1=", "of hex", "with newline", "spare bits"})
    void otherSpellingOfBase64_isRefused(String how) {
        String good = sha1Base64(URL);
        byte[] bytes = Base64.getDecoder().decode(good);
        String bad =
                switch (how) {
                    case "unpadded" -> good.replace("=", "");
                    case "url-safe" ->
                        Base64.getUrlEncoder().encodeToString(bytes).replace("=", "") + "_-";
                    case "sha1=" -> "sha1=" + good;
                    case "of hex" ->
                        Base64.getEncoder().encodeToString(utf8(HexFormat.of().formatHex(bytes)));
                    case "with newline" -> good + "\n";
                    default -> spareBits(good);
                };
        refused(signalwire(URL, FORM, new byte[0]).tag(bad));
    }

    /** The character before the padding with its two unused bits set. */
    private static String spareBits(String base64) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int at = base64.length() - 2;
        int value = alphabet.indexOf(base64.charAt(at)) | 3;
        return base64.substring(0, at) + alphabet.charAt(value) + "=";
    }

    @Test
    void base64UrlWithTheUrlSafeAlphabet_isRefused() {
        for (int i = 0; i < 50; i++) {
            String good = sha1Base64(URL + "?" + i);
            String other = good.replace('+', '-').replace('/', '_');
            if (!other.equals(good)) {
                refused(signalwire(URL + "?" + i, FORM, new byte[0]).tag(other));
            }
        }
    }

    @Test
    void twilioHeader_isTakenOnlyInPlaceOfTheOther() {
        String good = sha1Base64(URL);
        Draft draft = signalwire(URL, FORM, new byte[0]).header("X-Twilio-Signature", good);
        accepted(draft);
        accepted(draft.tag(""));
        refused(draft.tag(sha1Base64("x")));
        refused(draft.tag("garbage"));
        refused(draft.tag(hex("HmacSHA1", SECRET, utf8("x"))));
        refused(draft.tag().header("X-Twilio-Signature", good, good));
    }

    @Test
    void pinnedScheme_refusesTheOtherForm() {
        Draft json = SignedRequests.signalwireJson("{}");
        Draft form = SignedRequests.signalwireForm("A=1");
        TestGate jsonOnly = TestGate.of("signalwire/scheme", "json");
        assertInstanceOf(Verdict.Verified.class, jsonOnly.verify(json));
        assertEquals(Reason.SIGNATURE_MALFORMED, jsonOnly.reason(form));
        TestGate formOnly = TestGate.of("signalwire/scheme", "form");
        assertInstanceOf(Verdict.Verified.class, formOnly.verify(form));
        assertEquals(Reason.SIGNATURE_MALFORMED, formOnly.reason(json));
    }

    /** The MAC of the hex form, spelt as base64, is that of a form whose one field is named as the body reads. */
    @Test
    void jsonSignatureReadAsForm_isTheSameDeliveryAndStoppedByThePin() {
        String body = "{\"a\":1}";
        Draft json = SignedRequests.signalwireJson(body);
        byte[] mac = HexFormat.of().parseHex(json.goodTag());
        Draft asForm = signalwire(URL, FORM, utf8("%7B%22a%22:1%7D"))
                .tag(Base64.getEncoder().encodeToString(mac));
        gate.claim(json).complete(org.verifiedwebhook.delivery.Answer.text(200, "text/plain", "ok"));
        assertEquals(200, gate.answer(asForm).status());
        assertEquals(
                401, TestGate.of("signalwire/scheme", "json").reason(asForm).status());
    }
}
