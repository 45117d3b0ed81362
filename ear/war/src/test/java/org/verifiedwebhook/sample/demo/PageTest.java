package org.verifiedwebhook.sample.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.sample.event.ReceivedEvent;

final class PageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='x",
                "</td></table><h1>",
                "<!--",
                "&lt;script&gt;"
            })
    void hostileText_addsNoMarkup(String hostile) {
        assertEquals(skeleton(page("harmless")), skeleton(page(hostile)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u200f", "\u2066", "\0", "\u001b", "\r", "\u0085", "\u2028", "\ufeff"})
    void invisibleCharacter_doesNotReachThePage(String hostile) {
        assertFalse(page("a" + hostile + "b").contains(hostile));
    }

    @Test
    void hostileHost_addsNoMarkup() {
        List<Example> examples = new Examples("http://h\"><script>'/", Instant.EPOCH, "n").list();
        String page = new Page("/\"><script>/", examples, List.of(), List.of()).html();
        assertFalse(page.contains("<script>"));
    }

    @Test
    void reason_isShown() {
        assertTrue(page("x").contains("signature-mismatch"));
    }

    @Test
    void everyKind_isShown() {
        String page = new Page("/", List.of(), Outcomes.ofEachKind(), List.of()).html();
        for (String kind : List.of("accepted", "duplicate", "failed", "rejected")) {
            assertTrue(page.contains(">" + kind + "</span>"), kind);
        }
    }

    @Test
    void nothingYet_isSaid() {
        assertEquals(
                2, new Page("/", List.of(), List.of(), List.of()).html().split("Nothing came yet\\.", -1).length - 1);
    }

    @Test
    void page_hasNothingThePolicyForbids() {
        String page = page("x");
        assertFalse(page.contains("<script"));
        assertFalse(page.contains("<style"));
        assertFalse(page.contains("style="));
        assertFalse(page.contains("src="));
        assertFalse(page.contains("<form"));
    }

    private static String page(String text) {
        List<WebhookOutcome> outcomes = List.of(Outcomes.of(text));
        ReceivedEvent event = new ReceivedEvent(Instant.EPOCH, text, Optional.of(text), Optional.of(text), text);
        List<Example> examples = new Examples("http://127.0.0.1:8080/", Instant.EPOCH, "n").list();
        return new Page("/", examples, outcomes, List.of(event)).html();
    }

    /** The tags alone. */
    private static String skeleton(String page) {
        return page.replaceAll(">[^<]*<", "><");
    }
}
