package org.verifiedwebhook.sample.cloudonix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.sample.cxml.Cxml;

final class CallFlowTest {

    private static final String MENU = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Response>
              <Gather action="/hooks/cloudonix/voice/ivr-input" timeout="5" minDigits="1" maxDigits="1">
                <Say language="en-US">%sFor sales, press 1. For R&amp;D, press 2.</Say>
              </Gather>
              <Say language="en-US">Goodbye.</Say>
              <Hangup/>
            </Response>""";

    private final CallFlow flow = new CallFlow(new Directory(), "one", "/hooks/cloudonix/voice/");

    @Test
    void route_dialsTheTarget() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30">+14155551001</Dial>
                </Response>""", text(flow.route("dial")));
    }

    @Test
    void route_offersTheMenu() {
        assertEquals(MENU.formatted(""), text(flow.route("menu")));
    }

    @Test
    void route_ringsTheFirstMember() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30" action="/hooks/cloudonix/voice/ring-group-callback?member=1">1001</Dial>
                </Response>""", text(flow.route("group")));
    }

    @Test
    void routeToNowhere_isPolite() {
        assertEquals(sorry("Sorry, this number is not in service. Goodbye."), text(flow.route("nowhere")));
    }

    @Test
    void otherOrganisationsNumber_isNowhere() {
        assertEquals(
                sorry("Sorry, this number is not in service. Goodbye."),
                text(new CallFlow(new Directory(), "two", "/").route("dial")));
    }

    @Test
    void chosenDigit_dialsItsTarget() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30">1002</Dial>
                </Response>""", text(flow.chosen("menu", "2")));
    }

    @Test
    void digitThatIsNoChoice_hearsTheMenuAgain() {
        assertEquals(MENU.formatted("Sorry, that is not a choice. "), text(flow.chosen("menu", "9")));
        assertEquals(MENU.formatted("Sorry, that is not a choice. "), text(flow.chosen("menu", "")));
    }

    @Test
    void digitWithoutAMenu_isPolite() {
        assertEquals(sorry("Sorry, this number has no menu. Goodbye."), text(flow.chosen("nowhere", "1")));
    }

    @Test
    void unansweredMember_passesTheCallOn() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30" action="/hooks/cloudonix/voice/ring-group-callback?member=2">1002</Dial>
                </Response>""", text(flow.nextMember("group", 1, false)));
    }

    @Test
    void lastMemberUnanswered_isPolite() {
        assertEquals(sorry("Sorry, nobody is available. Goodbye."), text(flow.nextMember("group", 2, false)));
    }

    @Test
    void hostileIndex_isPolite() {
        for (String member : List.of("-1", "x", "99999999999", "", "٣")) {
            int index = VoiceResource.index(member);
            assertEquals(sorry("Sorry, nobody is available. Goodbye."), text(flow.nextMember("group", index, false)));
        }
    }

    @Test
    void answeredCall_ends() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Hangup/>
                </Response>""", text(flow.nextMember("group", 1, true)));
    }

    private static String text(Cxml cxml) {
        return cxml.toString();
    }

    private static String sorry(String sentence) {
        return Cxml.sorry(sentence).toString();
    }

    private static final class Directory implements CallDirectory {
        @Override
        public Optional<String> dialTarget(String organisation, String number) {
            return has(organisation, number, "dial") ? Optional.of("+14155551001") : Optional.empty();
        }

        @Override
        public Map<String, MenuEntry> menu(String organisation, String number) {
            Map<String, MenuEntry> menu = new LinkedHashMap<>();
            if (has(organisation, number, "menu")) {
                menu.put("1", new MenuEntry("sales", "1001"));
                menu.put("2", new MenuEntry("R&D", "1002"));
            }
            return menu;
        }

        @Override
        public List<String> ringGroup(String organisation, String number) {
            return has(organisation, number, "group") ? List.of("1001", "1002") : List.of();
        }

        private static boolean has(String organisation, String number, String what) {
            return organisation.equals("one") && number.equals(what);
        }
    }
}
