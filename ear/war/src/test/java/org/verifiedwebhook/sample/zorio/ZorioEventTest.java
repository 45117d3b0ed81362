package org.verifiedwebhook.sample.zorio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.sample.event.Deliveries;
import org.verifiedwebhook.sample.event.EventReader;
import org.verifiedwebhook.sample.event.UnknownEvent;

/** Zorio's document shows no body; these have the properties its samples read. */
final class ZorioEventTest {

    @Test
    void callHangup_binds() {
        assertEquals(
                new ZorioEvent<>("pbx.call.hangup", new CallHangup("u-1", "NORMAL_CLEARING")),
                read(
                        "pbx.call.hangup",
                        "{\"event\":\"pbx.call.hangup\",\"data\":{\"call_uuid\":\"u-1\",\"hangup_cause\":\"NORMAL_CLEARING\"}}"));
    }

    @Test
    void leadUpdated_binds() {
        assertEquals(
                new ZorioEvent<>("telesales.lead.updated", new LeadUpdated("lead-7")),
                read(
                        "telesales.lead.updated",
                        "{\"event\":\"telesales.lead.updated\",\"data\":{\"id\":\"lead-7\",\"name\":\"Đà Nẵng\"}}"));
    }

    @Test
    void numericLead_readsAsItsDigits() {
        assertEquals(
                new ZorioEvent<>("telesales.lead.updated", new LeadUpdated("7")),
                read("telesales.lead.updated", "{\"event\":\"telesales.lead.updated\",\"data\":{\"id\":7}}"));
    }

    @Test
    void unknownType_isAccepted() {
        assertEquals(new UnknownEvent(Optional.of("x")), read("x", "{\"event\":\"x\",\"d\":\"\"}"));
    }

    @Test
    void acknowledgement_isTheSamples() {
        assertEquals("OK", ZorioResource.ACKNOWLEDGEMENT);
    }

    private static Object read(String type, String body) {
        return new EventReader().read(Deliveries.of("zorio", type, body), ZorioResource.TYPES);
    }
}
