package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.delivery.Answer;

class AnswerRecorderTest {

    @VerifiedWebhook("any")
    public static class Resource {
        @POST
        public void hook() {}
    }

    /** A claim that notes how it ended, and may be unable to record. */
    private final class NotingClaim implements DeliveryClaim {
        @Override
        public boolean holdsTransaction() {
            return transaction;
        }

        @Override
        public Answer complete(Answer answer) {
            if (!ends.isEmpty()) {
                return answer;
            }
            ends.add(answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            return unrecorded
                    ? Answer.of(503, Map.of("Retry-After", "5"), "later".getBytes(StandardCharsets.UTF_8))
                    : answer;
        }

        @Override
        public void release() {
            if (ends.isEmpty()) {
                ends.add("released");
            }
        }
    }

    private final List<String> ends = new ArrayList<>();
    private boolean unrecorded;
    private boolean transaction;

    private final Endpoint endpoint = Endpoint.in(Resource.class).get(0);
    private final AnswerRecorder recorder = new AnswerRecorder(endpoint);
    private final Map<String, Object> properties = new HashMap<>();
    private final ContainerRequestContext request = Fakes.fake(
            ContainerRequestContext.class,
            Map.of("getProperty", a -> properties.get((String) a[0]), "setProperty", a -> {
                properties.put((String) a[0], a[1]);
                return null;
            }));
    private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    private int status = 200;
    private Object entity;
    private OutputStream out = new ByteArrayOutputStream();

    private final ContainerResponseContext response = Fakes.fake(
            ContainerResponseContext.class,
            Map.of(
                    "getStatus", a -> status,
                    "setStatus",
                            a -> {
                                status = (int) a[0];
                                return null;
                            },
                    "getHeaders", a -> headers,
                    "hasEntity", a -> entity != null,
                    "setEntity",
                            a -> {
                                entity = a[0];
                                return null;
                            }));

    @Test
    void answerWithoutEntity_completes() {
        open();
        status = 204;
        recorder.filter(request, response);
        assertEquals(List.of("204 "), ends);
    }

    @Test
    void answerWithEntity_completesWithItsBytesBeforeTheyLeave() throws IOException {
        open();
        answer("hello", false);
        assertEquals(List.of("200 hello"), ends);
        assertEquals("hello", out.toString());
    }

    @Test
    void answerThatCannotBeRecorded_isReplacedWhole() throws IOException {
        unrecorded = true;
        headers.putSingle("X-Old", "old");
        open();
        answer("hello", false);
        assertEquals(503, status);
        assertEquals("later", out.toString());
        assertEquals(Map.of("Retry-After", List.of("5")), headers);
    }

    @Test
    void emptyAnswerThatCannotBeRecorded_isReplaced() {
        unrecorded = true;
        open();
        recorder.filter(request, response);
        assertEquals(503, status);
        assertEquals("later", new String((byte[]) entity, StandardCharsets.UTF_8));
    }

    @Test
    void writerThatFails_releases() {
        open();
        assertThrows(IOException.class, () -> answer("hello", true));
        assertEquals(List.of("released"), ends);
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429})
    void answerThatAsksToComeAgain_isLeftToTheClaimWhichReleases(int comeAgain) {
        open();
        status = comeAgain;
        recorder.filter(request, response);
        assertEquals(List.of(comeAgain + " "), ends);
    }

    @Test
    void serverError_isLeftToTheClaimWhichReleases() {
        open();
        status = 500;
        entity = "oops";
        recorder.filter(request, response);
        assertEquals(List.of("500 "), ends);
    }

    @Test
    void longAnswer_leavesAtOnceUnlessItWaitsForACommit() {
        String text = "x".repeat(200_000);
        open();
        assertThrows(IOException.class, () -> answer(text, true));
        assertEquals(List.of("200 "), ends, "the control");
        assertEquals(text, out.toString());
    }

    @Test
    void longAnswerOfAHandlerInATransaction_waitsForItsEnd() throws IOException {
        transaction = true;
        String text = "x".repeat(200_000);
        open();
        assertThrows(IOException.class, () -> answer(text, true));
        assertEquals(List.of("released"), ends);
        assertEquals("", out.toString());
        ends.clear();
        open();
        answer(text, false);
        assertEquals(List.of("200 " + text), ends);
        assertEquals(text, out.toString());
    }

    @Test
    void requestThatWasNotLetThrough_endsNothing() throws IOException {
        answer("refused", false);
        assertEquals(List.of(), ends);
        assertEquals("refused", out.toString());
    }

    private void open() {
        OpenDelivery.open(request, endpoint, new NotingClaim(), () -> {});
    }

    private void answer(String text, boolean failing) throws IOException {
        entity = text;
        recorder.filter(request, response);
        OutputStream first = out;
        IOException[] failure = new IOException[1];
        WriterInterceptorContext writing = Fakes.fake(
                WriterInterceptorContext.class,
                Map.of(
                        "getProperty", a -> properties.get((String) a[0]),
                        "getMediaType", a -> null,
                        "getOutputStream", a -> out,
                        "setOutputStream",
                                a -> {
                                    out = (OutputStream) a[0];
                                    return null;
                                },
                        "proceed",
                                a -> {
                                    try {
                                        out.write(text.getBytes(StandardCharsets.UTF_8));
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                    if (failing) {
                                        failure[0] = new IOException("on purpose");
                                        throw new java.io.UncheckedIOException(failure[0]);
                                    }
                                    return null;
                                }));
        try {
            recorder.aroundWriteTo(writing);
        } catch (java.io.UncheckedIOException e) {
            throw failure[0];
        } finally {
            assertEquals(first, out);
        }
    }
}
