package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldOutputTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> decided = new ArrayList<>();

    @Test
    void shortAnswer_leavesOnlyOnceItIsDecided() throws IOException {
        HeldOutput held = held(10, null);
        held.write(bytes("12345"));
        held.write('6');
        held.flush();
        held.close();
        assertEquals(0, out.size());
        held.let();
        held.let();
        assertEquals("123456", out.toString(StandardCharsets.UTF_8));
        assertEquals(List.of("123456"), decided);
    }

    @Test
    void longAnswer_isDecidedBeforeItsFirstByteLeaves() throws IOException {
        HeldOutput held = held(4, null);
        held.write(bytes("1234"));
        assertEquals(List.of(), decided);
        held.write(bytes("5"));
        assertEquals(List.of("too long"), decided);
        held.write(bytes("6"));
        held.let();
        assertEquals("123456", out.toString(StandardCharsets.UTF_8));
        assertEquals(1, decided.size());
    }

    @Test
    void replacedAnswer_leavesNothingOfTheOldOne() throws IOException {
        HeldOutput held = held(4, bytes("other"));
        held.write(bytes("12345"));
        held.write(bytes("6"));
        held.let();
        assertArrayEquals(bytes("other"), out.toByteArray());
    }

    @Test
    void emptyAnswer_isDecidedToo() throws IOException {
        held(4, null).let();
        assertEquals(List.of(""), decided);
    }

    private HeldOutput held(int max, byte[] instead) {
        return new HeldOutput(out, max, whole -> {
            assertEquals(0, out.size());
            decided.add(text(whole));
            return instead;
        });
    }

    private static String text(Optional<byte[]> whole) {
        return whole.map(w -> new String(w, StandardCharsets.UTF_8)).orElse("too long");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
