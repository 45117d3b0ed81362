package org.verifiedwebhook.sample.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnreadableEventMapperTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chaindoc | application/json | {\"error\":\"Not UTF-8.\"}",
                "cloudonix-status | application/json | {\"error\":\"Not UTF-8.\"}"
            })
    void answer_speaksTheSendersDialect(String sender, String type, String body) {
        assertEquals(type, UnreadableEventMapper.type(sender));
        assertEquals(body, UnreadableEventMapper.body(sender, "Not UTF-8."));
    }

    @ParameterizedTest
    @CsvSource({"cloudonix-voice", "signalwire"})
    void answer_isSpokenToACaller(String sender) {
        assertEquals("application/xml", UnreadableEventMapper.type(sender));
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Say language="en-US">Bad request.</Say>
                  <Hangup/>
                </Response>""", UnreadableEventMapper.body(sender, "Not UTF-8."));
    }
}
