package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;

/** The Big List of Naughty Strings, wherever a caller may write: never our fault, and one line in the log. */
@ResourceLock("org.verifiedwebhook")
class NaughtyStringsTest {

    @RegisterExtension
    final RecordedLog log = new RecordedLog();

    @Test
    void naughtyString_isNeverAFaultOfOursAndIsOneLine() throws IOException {
        List<String> strings = strings();
        assertEquals(515, strings.size());
        assertEquals(200, status(SignedRequests.zorio("x")));
        assertEquals(200, status(SignedRequests.edgvoip("acme")));
        int verified = 0;
        for (String text : strings) {
            byte[] tenant = SignedRequests.utf8("{\"tenant_external_id\":" + Json.createValue(text) + "}");
            assertTrue(status(SignedRequests.edgvoipBody(tenant)) >= 400, text);
            byte[] event = SignedRequests.utf8("{\"event\":" + Json.createValue(text) + "}");
            Draft draft = SignedRequests.zorio("x").body(event);
            draft.tag("sha256=" + SignedRequests.hex("HmacSHA256", SignedRequests.SECRET, event));
            verified += status(draft) == 200 ? 1 : 0;
            verified += status(SignedRequests.zorio("x").header("X-Zorio-Delivery", text)) == 200 ? 1 : 0;
            assertFalse(status(SignedRequests.zorio("x").tag(text)) < 400, text);
        }
        assertTrue(verified > strings.size(), "what is signed stays good: " + verified);
    }

    /** The answer's status; a gate of its own for each, so that no line is sampled away. */
    private int status(Draft draft) {
        log.records().clear();
        TestGate gate = TestGate.of();
        log.records().clear();
        Admission admission = gate.admit(draft);
        Answer answer = admission instanceof Admission.Admitted admitted
                ? admitted.claim().complete(Answer.text(200, "text/plain", "ok"))
                : ((Admission.Answered) admission).answer();
        assertTrue(answer.status() < 500, () -> "status " + answer.status());
        assertEquals(1, log.lines().size(), log.lines()::toString);
        assertFalse(
                log.lines().get(0).matches("(?s).*[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029].*"), log.lines()::toString);
        return answer.status();
    }

    private static List<String> strings() throws IOException {
        try (InputStream in = NaughtyStringsTest.class.getResourceAsStream("naughty-strings/blns.json");
                JsonReader reader = Json.createReader(in)) {
            return reader.readArray().getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .toList();
        }
    }
}
