package org.verifiedwebhook.sample.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PrintableTest {

    @Test
    void lineBreaksAndControls_areSpelledOut() {
        assertEquals("a\\u{d}\\u{a}b\\u{0}\\u{1b}[31m\\u{2028}", Printable.of("a\r\nb\0\u001b[31m\u2028"));
    }

    @Test
    void directionMarks_areSpelledOut() {
        assertEquals("\\u{202e}gpj.exe\\u{2066}\\u{200f}", Printable.of("\u202egpj.exe\u2066\u200f"));
    }

    @Test
    void loneSurrogate_isSpelledOut() {
        assertEquals("\\u{d800}x", Printable.of("\ud800x"));
    }

    @Test
    void letters_stay() {
        assertEquals("Đà Nẵng עברית 😀", Printable.of("Đà Nẵng עברית 😀"));
    }

    @Test
    void longText_isCut() {
        assertEquals("x".repeat(200) + "…", Printable.of("x".repeat(201)));
        assertEquals("x".repeat(200), Printable.of("x".repeat(200)));
    }
}
