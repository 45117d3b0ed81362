package org.verifiedwebhook.sample.signalwire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.sample.event.UnknownEvent;

final class SignalWireEventTest {

    @Test
    void voiceCall_binds() {
        assertEquals(
                new VoiceCall(
                        "CA1234567890ABCDE",
                        Optional.of("+14158675309"),
                        Optional.of("+18005551212"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("1234")),
                read(
                        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212"));
    }

    @Test
    void textMessage_binds() {
        assertEquals(
                new TextMessage(
                        "SM1", Optional.of("+39"), Optional.of("+1"), Optional.of("caffè 😀"), Optional.empty()),
                read("MessageSid=SM1&From=%2B39&To=%2B1&Body=caff%C3%A8+%F0%9F%98%80"));
    }

    @Test
    void otherForm_isUnknown() {
        assertEquals(new UnknownEvent(Optional.empty()), read("A=1"));
        assertEquals(new UnknownEvent(Optional.empty()), read(""));
    }

    @ParameterizedTest
    @CsvSource({
        "A=100%, 100%",
        "A=%zz%4, %zz%4",
        "A=x%20y+z, x y z",
        "A=%FF, \ufffd",
        "&&A=1&&, 1",
        "B=2&A=1=2, 1=2",
        "A, ''",
        "A=è, è"
    })
    void pair_isDecodedLeniently(String form, String value) {
        assertEquals(Optional.of(value), Form.parse(form).get("A"));
    }

    @Test
    void repeatedName_hasNoValue() {
        assertEquals(Optional.empty(), Form.parse("A=1&A=2").get("A"));
    }

    @Test
    void newCall_isSpokenTo() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Say language="en-US">Thank you for calling. This call was verified. Goodbye.</Say>
                  <Hangup/>
                </Response>""", answer("CallSid=CA1&CallStatus=ringing"));
    }

    @Test
    void newMessage_isRepliedTo() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Message>Thank you. This message was verified.</Message>
                </Response>""", answer("MessageSid=SM1&Body=hello"));
    }

    @ParameterizedTest
    @CsvSource({"CallSid=CA1&CallStatus=completed", "MessageSid=SM1&MessageStatus=delivered", "A=1"})
    void report_needsNoInstructions(String form) {
        assertEquals("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response/>", answer(form));
    }

    private static Object read(String form) {
        return SignalWireResource.event(Form.parse(form));
    }

    private static String answer(String form) {
        return SignalWireResource.instructions(read(form)).toString();
    }
}
