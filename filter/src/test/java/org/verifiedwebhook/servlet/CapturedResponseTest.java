package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.delivery.Answer;

class CapturedResponseTest {

    private final ServerResponse server = new ServerResponse();
    private final CapturedResponse response = new CapturedResponse(server.response());

    private void send() throws IOException {
        Answer answer = response.answer();
        response.send(answer, answer);
    }

    private String recorded() {
        return new String(response.answer().body(), StandardCharsets.UTF_8);
    }

    @Test
    void resetBuffer_forgetsWhatTheWriterHeld() throws IOException {
        response.getWriter().print("half an answer");
        response.resetBuffer();
        response.getWriter().print("another");
        send();
        assertEquals("another", server.text());
    }

    @Test
    void reset_forgetsWhatTheWriterHeld() throws IOException {
        response.getWriter().print("half an answer");
        response.reset();
        response.getWriter().print("another");
        send();
        assertEquals("another", server.text());
    }

    @Test
    void sendError_isFinal() throws IOException {
        response.getWriter().print("half an answer");
        response.sendError(500);
        response.setStatus(200);
        response.getWriter().print("OK");
        assertEquals(500, response.answer().status());
        assertEquals("", recorded());
        assertTrue(response.isCommitted(), "as in a container");
        send();
        assertEquals(500, server.status);
        assertEquals("", server.text());
    }

    @Test
    void redirect_waitsForTheRecord() throws IOException {
        response.getWriter().print("half an answer");
        response.sendRedirect("/elsewhere");
        assertFalse(server.committed);
        assertTrue(response.isCommitted(), "as in a container");
        assertEquals(302, response.answer().status());
        send();
        assertEquals("/elsewhere", server.redirect);
    }

    @Test
    void redirectThatCouldNotBeRecorded_isNotSent() throws IOException {
        response.sendRedirect("/elsewhere");
        response.send(response.answer(), Answer.text(503, "text/plain", "later"));
        assertNull(server.redirect);
        assertEquals(503, server.status);
        assertEquals("later", server.text());
    }

    @Test
    void writerOfAnAsynchronousHandler_leavesNothingBehind() throws IOException {
        response.getWriter().print("before, ");
        response.passThrough();
        response.getWriter().print("after");
        // The container ends the response without asking us to flush anything.
        assertEquals("before, after", server.text());
        assertFalse(server.committed, "the server's buffer is the server's to flush");
    }

    @Test
    void longAnswer_comesThroughOnceAndIsNotRecorded() throws IOException {
        String line = "0123456789abcdef".repeat(1 << 10);
        for (int i = 0; i < 65; i++) {
            response.getWriter().print(line);
        }
        response.getWriter().print("end");
        assertEquals(line.repeat(65) + "end", server.text());
        assertEquals("", recorded(), "half an answer is worse than none");
    }

    @Test
    void answerThatWaitsForACommit_isHeldWhole() throws IOException {
        CapturedResponse whole = new CapturedResponse(server.response(), true);
        String line = "0123456789abcdef".repeat(1 << 10);
        for (int i = 0; i < 65; i++) {
            whole.getWriter().print(line);
        }
        whole.getWriter().flush();
        whole.flushBuffer();
        assertEquals("", server.text());
        assertThrows(IllegalStateException.class, () -> whole.getOutputStream().setWriteListener(null));
        assertEquals("", server.text());
        whole.send(whole.answer(), Answer.text(503, "text/plain", "later"));
        assertEquals("later", server.text());
    }

    /** Half of a pair at the end of one call belongs to the half at the beginning of the next. */
    @Test
    void characterInTwoCalls_isEncodedAsOne() throws IOException {
        for (char c : "a\uD83D\uDE00b".toCharArray()) {
            response.getWriter().print(c);
        }
        assertEquals("a\uD83D\uDE00b", recorded());
    }
}
