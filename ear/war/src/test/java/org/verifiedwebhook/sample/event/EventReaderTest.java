package org.verifiedwebhook.sample.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {

    private static final EventTypes TYPES = new EventTypes(Map.of("known", Known.class));

    private final EventReader reader = new EventReader();

    public record Known(String name, Integer count, Instant at) {}

    @Test
    void unknownProperty_isIgnored() {
        assertEquals(
                new Known("x", null, null),
                read("known", "{\"name\":\"x\",\"later\":{\"a\":[1,{\"b\":null}]},\"z\":1}"));
    }

    @Test
    void unknownType_isAccepted() {
        assertEquals(new UnknownEvent(Optional.of("later")), read("later", "{\"name\":[]}"));
    }

    @Test
    void noType_isAccepted() {
        assertEquals(new UnknownEvent(Optional.empty()), read(null, "{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "\"text\"",
                "{",
                "{\"name\":",
                "{\"name\":{}}",
                "{\"name\":[1]}",
                "{\"count\":\"many\"}",
                "{\"count\":1.5}",
                "{\"count\":12345678901234567890}",
                "{\"count\":1e1000000000}",
                "{\"at\":\"yesterday\"}",
                "{} {}",
                "{}x",
                "name=x"
            })
    void bodyThatDoesNotBind_isUnreadable(String body) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThrows(UnreadableEventException.class, () -> read("known", body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "name=x"})
    void unknownTypeThatIsNoObject_isUnreadable(String body) {
        assertThrows(UnreadableEventException.class, () -> read("later", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "later"})
    void bodyThatIsNotUtf8_isUnreadable(String type) {
        byte[] body = "{\"event\":\"x\",\"d\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
        UnreadableEventException e = assertThrows(
                UnreadableEventException.class, () -> reader.read(Deliveries.of("zorio", type, body), TYPES));
        assertEquals("The body is not UTF-8.", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "later"})
    void deepBody_isUnreadable(String type) {
        String deep = "{\"name\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThrows(UnreadableEventException.class, () -> read(type, deep));
    }

    private Object read(String type, String body) {
        return reader.read(Deliveries.of("zorio", type, body), TYPES);
    }
}
