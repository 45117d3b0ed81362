package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.SecretUnavailableException;

/** One line for each outcome, with nothing secret and nothing unescaped in it. */
@ResourceLock("org.verifiedwebhook")
class OutcomeLogTest {

    @RegisterExtension
    final RecordedLog log = new RecordedLog();

    private List<String> outcomeLines() {
        return log.lines().stream()
                .filter(l -> l.matches("webhook (accepted|duplicate|failed|rejected) .*"))
                .toList();
    }

    @Test
    void everyOutcome_isOneLine() {
        TestGate gate = TestGate.of();
        Answer ok = Answer.text(200, "text/plain", "ok");
        gate.claim(SignedRequests.zorio("x")).complete(ok);
        gate.answer(SignedRequests.zorio("x"));
        gate.claim(SignedRequests.zorio("y")).release();
        gate.answer(SignedRequests.zorio("x").tag());
        assertEquals(4, log.records().size(), () -> log.lines().toString());
        assertTrue(
                log.lines()
                        .get(0)
                        .startsWith(
                                "webhook accepted sender=zorio tenant=- address=192.0.2.7 method=POST"
                                        + " path=/hooks/zorio id=delivery-1 event=x assurance=SIGNED secret=shared status=200 took="),
                log.lines().get(0));
        assertTrue(log.lines().get(1).startsWith("webhook duplicate sender=zorio "));
        assertTrue(log.lines().get(2).startsWith("webhook failed sender=zorio "));
        assertTrue(log.lines().get(3).startsWith("webhook rejected sender=zorio reason=signature-missing "));
        assertEquals(
                List.of(Level.INFO, Level.INFO, Level.WARNING, Level.WARNING),
                log.records().stream().map(LogRecord::getLevel).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nwebhook accepted",
                "a\u001b[31m",
                "${jndi:ldap://x}",
                "a\u202eb",
                "a b=c",
                "\u2028",
                "\"",
                "\\",
                "\u00e8",
                "\ud83d\ude00"
            })
    void textFromOutside_isEscaped(String text) {
        TestGate gate = TestGate.of();
        Draft draft = SignedRequests.zorio("x")
                .header("X-Zorio-Delivery", text)
                .address(text)
                .method(text)
                .url("https://h.example/" + text);
        gate.claim(draft).release();
        gate.answer(draft.tag(text));
        assertEquals(2, outcomeLines().size());
        for (String line : log.lines()) {
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7F), line);
            assertFalse(line.contains("${") || line.contains("a b"), line);
            assertEquals(line.indexOf("webhook "), line.lastIndexOf("webhook "), line);
        }
    }

    @Test
    void longText_isCut() {
        assertTrue(LogText.escape("\u00e8".repeat(10_000)).length() <= 128);
        assertTrue(LogText.escape("a".repeat(127) + "\u00e8").length() <= 128);
        assertEquals("-", LogText.escape(""));
    }

    @Test
    void nothingSecret_isLogged() {
        String body = "{\"tenant_external_id\":\"acme\",\"canary\":\"body-canary\"}";
        Draft good = SignedRequests.edgvoipBody(SignedRequests.utf8(body));
        String tag = good.goodTag().substring("sha256=".length());
        List<String> canaries =
                new ArrayList<>(List.of("body-canary", "query-canary", "token-canary", "answer-canary"));
        for (String secret : List.of(SignedRequests.SECRET, TestGate.OTHER_SECRET)) {
            canaries.add(secret);
            canaries.add(java.util.HexFormat.of().formatHex(SignedRequests.utf8(secret)));
            canaries.add(Base64.getEncoder().encodeToString(SignedRequests.utf8(secret)));
        }
        canaries.add(tag);
        canaries.add(tag.substring(0, 8));
        TestGate gate = TestGate.of();
        gate.claim(good.url("https://h.example/x?query-canary"))
                .complete(Answer.text(200, "text/plain", "answer-canary"));
        gate.answer(good);
        gate.answer(good.body(SignedRequests.utf8(body + " ")));
        gate.answer(SignedRequests.voice().tag("Bearer token-canary"));
        gate.answer(SignedRequests.voice().tag("token-canary"));
        gate.claim(SignedRequests.voice()).complete(Answer.text(500, "text/plain", "answer-canary"));
        gate.answer(SignedRequests.zorio("x").tag("sha256=" + tag));
        gate.answer(SignedRequests.cdr(SignedRequests.utf8("{body-canary")));
        TestGate failing = TestGate.with(b -> b.secrets(r -> {
            throw new SecretUnavailableException("down");
        }));
        failing.answer(SignedRequests.edgvoipBody(SignedRequests.utf8(body)));
        assertTrue(log.records().size() >= 9, () -> log.lines().toString());
        for (LogRecord entry : log.records()) {
            String all = entry.getMessage() + " " + entry.getThrown();
            canaries.forEach(canary -> assertFalse(all.contains(canary), () -> canary + " in " + all));
        }
    }

    @Test
    void repeatedFailuresOfOneAddress_raiseOneAlert() {
        TestGate gate = TestGate.of();
        for (int i = 0; i < 50; i++) {
            gate.answer(SignedRequests.zorio("x").tag().address("198.51.100.1"));
            if (i < 9) {
                gate.answer(SignedRequests.zorio("x").tag().address("198.51.100.2"));
            }
        }
        List<String> alerts =
                log.lines().stream().filter(l -> l.startsWith("webhook alert")).toList();
        assertEquals(
                List.of("webhook alert address=198.51.100.1 sender=zorio: 10 requests rejected within 5 minutes"),
                alerts);
        gate.now = gate.now.plus(FailureAlarm.WINDOW).plusSeconds(1);
        for (int i = 0; i < 10; i++) {
            gate.answer(SignedRequests.edgvoip("acme").tag().address("198.51.100.1"));
        }
        assertEquals(
                2,
                log.lines().stream().filter(l -> l.startsWith("webhook alert")).count());
    }

    @Test
    void ownFailures_raiseNoAlert() {
        TestGate failing = TestGate.with(b -> b.secrets(r -> {
            throw new SecretUnavailableException("down");
        }));
        for (int i = 0; i < 20; i++) {
            failing.answer(SignedRequests.zorio("x"));
        }
        assertTrue(log.lines().stream().noneMatch(l -> l.startsWith("webhook alert")));
    }

    @Test
    void shortOrOldSecret_isWarnedOfOnce() {
        org.verifiedwebhook.secret.Secret old = org.verifiedwebhook.secret.Secret.ofText("old", SignedRequests.SECRET)
                .validFrom(SignedRequests.NOW.minus(java.time.Duration.ofDays(91)));
        TestGate gate = TestGate.with(b -> b.secrets(r -> org.verifiedwebhook.secret.SecretSet.of(old)));
        gate.verify(SignedRequests.zorio("x"));
        gate.verify(SignedRequests.zorio("y"));
        assertEquals(1, log.records().size(), () -> log.lines().toString());
        assertTrue(
                log.lines().get(0).contains("older than the 90 days"),
                log.lines().get(0));
    }

    @Test
    void listenerThatThrows_changesNothing() {
        TestGate gate = TestGate.with(b -> b.onOutcome(o -> {
            throw new IllegalStateException("listener");
        }));
        assertEquals(401, gate.answer(SignedRequests.zorio("x").tag()).status());
    }
}
