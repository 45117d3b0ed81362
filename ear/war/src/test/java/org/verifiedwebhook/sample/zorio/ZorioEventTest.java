package org.verifiedwebhook.sample.zorio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.jpa.TestInbox;

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
        assertEquals(
                Json.createObjectBuilder().add("event", "x").add("d", "").build(),
                read("x", "{\"event\":\"x\",\"d\":\"\"}"));
    }

    private static Object read(String type, String body) {
        return TestInbox.read(ZorioEvents.class, type, body);
    }
}
