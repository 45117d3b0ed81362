package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Reason;

/** The memory of a body is given back whatever becomes of its reading. */
class BodyReadingTest {

    private static final BodyReading.Bounds BOUNDS = new BodyReading.Bounds(1000, Duration.ofSeconds(1));

    private final WebhookGate gate =
            WebhookGate.builder().settings(Settings.of(Map.of())).build();
    private final ServletContext context = fake(ServletContext.class, (self, method, args) -> null);
    private final BodyReading reading = BodyReading.in(context, gate);
    private long heldWhileRead;

    @AfterEach
    void stop() {
        reading.release(context);
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(BodyReadingTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Has something at hand, and throws when that is read. */
    private final class Failing extends ServletInputStream {
        private final Throwable failure;

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            heldWhileRead = gate.bodyBudget().held();
            if (failure instanceof IOException e) {
                throw e;
            } else if (failure instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public int available() {
            return 5;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            fail();
        }
    }

    private static HttpServletRequest request(ServletInputStream in) {
        return fake(HttpServletRequest.class, (self, method, args) -> switch (method.getName()) {
            case "getContentLengthLong" -> 10L;
            case "getHeaders" -> Collections.enumeration(List.of());
            case "getProtocol" -> "HTTP/1.1";
            case "getInputStream" -> in;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("the container"), new OutOfMemoryError("a test"));
    }

    private void receive(ServletInputStream in, BodyReading.Handler handler) throws Exception {
        reading.receive(
                request(in),
                fake(HttpServletResponse.class, (self, method, args) -> null),
                (q, s) -> fail("nothing was received"),
                BOUNDS,
                handler);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void readingThatThrows_holdsNothingAfterIt(Throwable failure) {
        Throwable thrown = assertThrows(
                failure.getClass(), () -> receive(new Failing(failure), (body, q, s, chain) -> fail("received")));
        assertSame(failure, thrown);
        assertTrue(heldWhileRead > 0, "the control: something was held");
        assertEquals(0, gate.bodyBudget().held());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void readingOnThisThreadThatThrows_holdsNothingAfterIt(Throwable failure) {
        Failing in = new Failing(failure);
        Throwable thrown = assertThrows(failure.getClass(), () -> reading.receiveHere(request(in), in, BOUNDS));
        assertSame(failure, thrown);
        assertTrue(heldWhileRead > 0);
        assertEquals(0, gate.bodyBudget().held());
    }

    @Test
    void connectionThatBreaks_isTruncatedAndHoldsNothing() throws Exception {
        receive(
                new Failing(new IOException("reset")),
                (body, q, s, chain) ->
                        assertEquals(Reason.BODY_TRUNCATED, body.reason().orElseThrow()));
        assertTrue(heldWhileRead > 0);
        assertEquals(0, gate.bodyBudget().held());
    }
}
