package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxHandlersTest {

    private static final InboxHandlers HANDLERS =
            new InboxHandlers(Stream.of("*", "call.*", "call.leg.*", "call.ended", "fax.ended")
                    .map(type -> new InboxHandler(type, "acme", type, String.class, event -> {}))
                    .toList());

    @ParameterizedTest
    @CsvSource({
        "call.ended, call.ended",
        "call.ended.late, call.*",
        "call.start, call.*",
        "call.leg.start, call.leg.*",
        "call., call.*",
        "call, *",
        "callx.ended, *",
        "CALL.ended, *",
        "fax.ended, fax.ended",
        "fax.start, *"
    })
    void mostSpecificHandler_isTaken(String type, String expected) {
        assertEquals(
                expected, HANDLERS.find("acme", Optional.of(type)).orElseThrow().where());
    }

    @Test
    void deliveryWithoutAType_isForTheStar() {
        assertEquals("*", HANDLERS.find("acme", Optional.empty()).orElseThrow().where());
    }

    @Test
    void otherSender_hasNone() {
        assertEquals(Optional.empty(), HANDLERS.find("other", Optional.of("call.ended")));
        HANDLERS.check("acme");
        String fault = assertThrows(IllegalArgumentException.class, () -> HANDLERS.check("other"))
                .getMessage();
        assertTrue(fault.contains("@OnWebhook(sender = \"other\")"), fault);
    }

    @Test
    void patterns_areTypesOrEndInAStarAfterADot() {
        for (String type : List.of("*", "call.*", "call.ended", "a.b.*")) {
            assertTrue(InboxHandler.isPattern(type), type);
        }
        for (String type : List.of("", "call*", "*.ended", "call.*.x", "**", ".*.")) {
            assertTrue(!InboxHandler.isPattern(type), type);
        }
    }
}
