package org.verifiedwebhook.sample.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventLogTest {

    @Test
    void line_isOneLine() {
        assertEquals(
                "Event a\\u{a}b from zorio, tenant tenant, delivery id-1",
                EventLog.line(Deliveries.of("zorio", "a\nb", "{}"), "event"));
    }

    @Test
    void unknownType_isSaidToBeUnknown() {
        assertEquals(
                "Event of unknown type later from zorio, tenant tenant, delivery id-1",
                EventLog.line(Deliveries.of("zorio", "later", "{}"), new UnknownEvent(Optional.of("later"))));
    }
}
