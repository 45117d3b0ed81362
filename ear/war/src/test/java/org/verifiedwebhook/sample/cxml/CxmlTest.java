package org.verifiedwebhook.sample.cxml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CxmlTest {

    @Test
    void dial_isTheGuidesExample() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30">+14155551001</Dial>
                </Response>""", Cxml.of(Verb.dial("+14155551001", 30)).toString());
    }

    @Test
    void sorry_isTheGuidesRefusal() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Say language="en-US">Unauthorized. Authentication failed.</Say>
                  <Hangup/>
                </Response>""", Cxml.sorry("Unauthorized. Authentication failed.").toString());
    }

    @Test
    void gather_nestsItsPrompt() {
        assertEquals(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Gather action="/ivr?a=1&amp;b=2" timeout="5" minDigits="1" maxDigits="1">
                    <Say language="en-US">Press 1.</Say>
                  </Gather>
                </Response>""",
                Cxml.of(Verb.gather("/ivr?a=1&b=2", 5, Verb.say("Press 1."))).toString());
    }

    @Test
    void nothingToDo_isAnEmptyResponse() {
        assertEquals(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response/>",
                Cxml.of().toString());
    }

    @Test
    void markup_isEscaped() {
        assertEquals(
                "&lt;/Dial&gt;&lt;Dial a=&quot;b&quot; c=&apos;d&apos;&gt;&amp;amp;",
                Cxml.escape("</Dial><Dial a=\"b\" c='d'>&amp;"));
    }

    @Test
    void attribute_isEscaped() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30" action="&quot;/&gt;">1</Dial>
                </Response>""", Cxml.of(Verb.dial("1", 30).with("action", "\"/>")).toString());
    }

    @Test
    void charactersForbiddenInXml_areReplaced() {
        assertEquals("a\ufffdb\ufffd\ufffd&#10;\ufffd😀", Cxml.escape("a\0b\u001b\uffff\n\ud800😀"));
    }
}
