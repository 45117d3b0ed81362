package org.verifiedwebhook.sample.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class HtmlTest {

    @Test
    void markup_isEscaped() {
        assertEquals("&lt;script&gt;alert(1)&lt;/script&gt;", Html.escape("<script>alert(1)</script>"));
    }

    @Test
    void quotes_areEscaped() {
        assertEquals("&quot; onload=&#39;x&#39; &amp;quot;", Html.escape("\" onload='x' &quot;"));
    }

    @Test
    void invisibleCharacters_areSpelledOut() {
        assertEquals(
                "\\u{202e}\\u{2066}\\u{200f}\\u{0}\\u{1b}\\u{7f}\\u{85}\\u{feff}\\u{d800}",
                Html.escape("\u202e\u2066\u200f\0\u001b\u007f\u0085\ufeff\ud800"));
    }

    @Test
    void lineBreak_stays() {
        assertEquals("a\nb", Html.escape("a\nb"));
    }

    @Test
    void outsideText_isOneLineAndIsolated() {
        assertEquals(
                "<!DOCTYPE html>\n<bdi>a\\u{a}&lt;b&gt;</bdi>\n",
                new Html().outside("a\n<b>").toString());
    }

    @Test
    void longOutsideText_isCut() {
        assertEquals(
                "<!DOCTYPE html>\n<bdi>" + "x".repeat(200) + "…</bdi>\n",
                new Html().outside("x".repeat(10_000)).toString());
    }

    @Test
    void attribute_isEscaped() {
        assertEquals(
                "<!DOCTYPE html>\n<p title=\"&quot;&gt;&lt;script&gt;\">t</p>\n",
                new Html().element("p", "t", "title", "\"><script>").toString());
    }

    @Test
    void elementLeftOpen_isABug() {
        assertThrows(IllegalStateException.class, new Html().open("p")::toString);
    }
}
