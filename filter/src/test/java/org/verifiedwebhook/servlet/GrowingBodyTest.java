package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.BodyBudget;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Reason;

/** What of a body is read, and what memory it takes. */
class GrowingBodyTest {

    private static final int MAX = 1 << 20;
    private static final long UNKNOWN = -1;

    private final BodyBudget budget =
            WebhookGate.builder().settings(Settings.of(Map.of())).build().bodyBudget();

    /** Bytes without end. */
    private static final class Endless extends InputStream {
        private long taken;

        @Override
        public int read() {
            taken++;
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            Arrays.fill(bytes, from, from + length, (byte) 'x');
            taken += length;
            return length;
        }
    }

    private static int readAll(GrowingBody body, InputStream in) throws IOException, BodyException {
        while (body.readOnce(in) >= 0) {
            continue;
        }
        return body.whole().length;
    }

    @ParameterizedTest
    @ValueSource(longs = {UNKNOWN, 1000, MAX})
    void bodyWithoutEnd_isReadToOneByteOverItsLimit(long declared) {
        Endless endless = new Endless();
        GrowingBody body = new GrowingBody(declared, MAX, budget.open());
        BodyException refused = assertThrows(BodyException.class, () -> readAll(body, endless));
        assertEquals(Reason.BODY_TOO_LARGE, refused.reason());
        assertEquals((declared == UNKNOWN ? MAX : declared) + 1, endless.taken);
        assertTrue(budget.held() <= MAX, budget.held() + " bytes held");
    }

    @Test
    void bodyOfExactlyItsLimit_isRead() throws Exception {
        GrowingBody body = new GrowingBody(UNKNOWN, MAX, budget.open());
        assertEquals(MAX, readAll(body, new ByteArrayInputStream(new byte[MAX])));
    }
}
