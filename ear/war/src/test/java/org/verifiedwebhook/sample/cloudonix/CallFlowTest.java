package org.verifiedwebhook.sample.cloudonix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.sample.cxml.Cxml;
import org.verifiedwebhook.sample.data.IvrMenu;
import org.verifiedwebhook.sample.data.Organisation;
import org.verifiedwebhook.sample.data.OrganisationDirectory;
import org.verifiedwebhook.sample.data.RingGroup;

final class CallFlowTest {

    private static final String MENU = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Response>
              <Gather action="/hooks/cloudonix/voice/ivr-input" timeout="5" minDigits="1" maxDigits="1">
                <Say language="en-US">%sPress 1 for sales, 2 for R&amp;D.</Say>
              </Gather>
              <Say language="en-US">Goodbye.</Say>
              <Hangup/>
            </Response>""";

    private static final String NOBODY = sorry("Sorry, nobody is available. Goodbye.");

    private final CallFlow flow = new CallFlow(new Directory(), 1, "/hooks/cloudonix/voice/");

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
    void routeWithoutAMenu_ringsTheGroup() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30" action="/voice/ring-group-callback?group=support&amp;member=1">2001</Dial>
                </Response>""", text(new CallFlow(new Directory(), 2, "/voice/").route("group")));
    }

    @Test
    void routeToNowhere_isPolite() {
        assertEquals(sorry("Sorry, this number is not in service. Goodbye."), text(flow.route("nowhere")));
    }

    @Test
    void otherOrganisationsNumber_isNowhere() {
        assertEquals(
                sorry("Sorry, this number is not in service. Goodbye."),
                text(new CallFlow(new Directory(), 2, "/").route("dial")));
    }

    @Test
    void chosenDigit_dialsItsTarget() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30">1002</Dial>
                </Response>""", text(flow.chosen("2")));
    }

    @Test
    void digitThatIsNoChoice_hearsTheMenuAgain() {
        assertEquals(MENU.formatted("Sorry, that is not a choice. "), text(flow.chosen("9")));
        assertEquals(MENU.formatted(""), text(flow.chosen("")));
    }

    @Test
    void digitWithoutAMenu_isPolite() {
        assertEquals(
                sorry("Sorry, there is no menu here. Goodbye."),
                text(new CallFlow(new Directory(), 2, "/").chosen("1")));
    }

    @Test
    void unansweredMember_passesTheCallOn() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Dial timeout="30" action="/hooks/cloudonix/voice/ring-group-callback?group=R%26D&amp;member=2">1002</Dial>
                </Response>""", text(flow.nextMember("R&D", 1, false)));
    }

    @Test
    void lastMemberUnanswered_isPolite() {
        assertEquals(NOBODY, text(flow.nextMember("R&D", 2, false)));
    }

    @Test
    void unknownGroup_isPolite() {
        assertEquals(NOBODY, text(flow.nextMember("other", 0, false)));
    }

    @Test
    void hostileIndex_isPolite() {
        for (String member : List.of("-1", "x", "99999999999", "", "٣")) {
            assertEquals(NOBODY, text(flow.nextMember("R&D", VoiceResource.index(member), false)));
        }
    }

    @Test
    void tenantThatIsNoId_isNoOrganisation() {
        assertEquals(1, VoiceResource.organisation("1"));
        for (String tenant : List.of("", "x", "-1", "9999999999999999999", "٣")) {
            assertEquals(-1, VoiceResource.organisation(tenant));
        }
    }

    @Test
    void answeredCall_ends() {
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Hangup/>
                </Response>""", text(flow.nextMember("R&D", 1, true)));
    }

    private static String text(Cxml cxml) {
        return cxml.toString();
    }

    private static String sorry(String sentence) {
        return Cxml.sorry(sentence).toString();
    }

    /** Organisation 1 has numbers "dial" and "menu", a menu and a group; 2 has a number "group" and a group. */
    private static final class Directory extends OrganisationDirectory {
        @Override
        public Optional<Organisation> findByDid(String number) {
            return switch (number) {
                case "dial", "menu" -> Optional.of(new Organisation(1, "one", "uuid"));
                case "group" -> Optional.of(new Organisation(2, "two", "uuid"));
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<String> dialTarget(long organisation, String number) {
            return organisation == 1 && number.equals("dial") ? Optional.of("+14155551001") : Optional.empty();
        }

        @Override
        public Optional<IvrMenu> ivrMenu(long organisation) {
            return organisation == 1
                    ? Optional.of(new IvrMenu("Press 1 for sales, 2 for R&D.", Map.of("1", "1001", "2", "1002")))
                    : Optional.empty();
        }

        @Override
        public Optional<RingGroup> ringGroup(long organisation, String name) {
            return switch (organisation + name) {
                case "1R&D" -> Optional.of(new RingGroup(name, List.of("1001", "1002")));
                case "2support" -> Optional.of(new RingGroup(name, List.of("2001")));
                default -> Optional.empty();
            };
        }
    }
}
