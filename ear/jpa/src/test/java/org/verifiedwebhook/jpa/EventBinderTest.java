package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.jpa.EventBinder.UnbindableException;

class EventBinderTest {

    private final EventBinder binder = new EventBinder(JsonbBuilder.create());

    /** What a handler takes. */
    public static class Call {
        public String name;
        public int seconds;
    }

    private Object bind(String body, Class<?> type) throws UnbindableException {
        return binder.bind(body.getBytes(StandardCharsets.UTF_8), type);
    }

    @Test
    void json_binds() throws Exception {
        Call call = (Call) bind(" {\"name\":\"é\",\"seconds\":7,\"more\":[{}]} ", Call.class);
        assertEquals("é", call.name);
        assertEquals(7, call.seconds);
    }

    @Test
    void bytesAndText_areAsTheyCame() throws Exception {
        assertArrayEquals(new byte[] {(byte) 0xff, 0}, (byte[]) binder.bind(new byte[] {(byte) 0xff, 0}, byte[].class));
        assertEquals(" not json é", bind(" not json é", String.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{\"name\":\"canary\"",
                "{\"name\":\"canary\"} x",
                "{\"name\":\"canary\"}{}",
                "{\"seconds\":\"canary\"}",
                "[\"canary\"]",
                "canary"
            })
    void whatDoesNotBind_isRefusedAndNotQuoted(String body) {
        UnbindableException refused = assertThrows(UnbindableException.class, () -> bind(body, Call.class));
        assertFalse(refused.getMessage().contains("canary"), refused.getMessage());
        assertEquals(null, refused.getCause());
    }

    @Test
    void bodyThatIsNotUtf8_isRefused() {
        byte[] latin1 = "{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(UnbindableException.class, () -> binder.bind(latin1, Call.class));
        assertThrows(UnbindableException.class, () -> binder.bind(latin1, String.class));
    }

    @Test
    void nestingToDeath_isRefused() {
        assertThrows(UnbindableException.class, () -> bind("[".repeat(100_000), Call.class));
    }
}
