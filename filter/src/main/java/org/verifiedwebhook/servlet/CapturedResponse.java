package org.verifiedwebhook.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.verifiedwebhook.delivery.Answer;

/**
 * Holds a handler's answer back until its delivery is recorded as handled. An answer longer than {@value #MAX_HELD}
 * bytes, or one of an asynchronous handler, is let through as it is written; of one that is too long only the status and
 * the type are kept. One whose handler works in a transaction is held whole: nothing leaves before that commits. An
 * error or a redirect is the handler's last word, as it is to a container.
 */
final class CapturedResponse extends HttpServletResponseWrapper {

    private static final int MAX_HELD = 1 << 20;

    /** How an answer ends that the container is to write. */
    private interface Ending {
        void send(HttpServletResponse response) throws IOException;
    }

    private final int max;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean tooLong;
    private boolean passing;
    private Ending ending;
    private ServletOutputStream stream;
    private PrintWriter writer;

    CapturedResponse(HttpServletResponse response) {
        this(response, false);
    }

    /** @param whole whether it is held whatever its length */
    CapturedResponse(HttpServletResponse response, boolean whole) {
        super(response);
        this.max = whole ? Integer.MAX_VALUE : MAX_HELD;
    }

    private HttpServletResponse real() {
        return (HttpServletResponse) getResponse();
    }

    /** Lets what is held through, and everything from now on. */
    void passThrough() {
        if (!passing) {
            passing = true;
            try {
                if (held.size() > 0) {
                    super.getOutputStream().write(held.toByteArray());
                }
                if (ending != null) {
                    ending.send(real());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The answer as far as it was held. */
    Answer answer() {
        Map<String, String> headers = getContentType() == null ? Map.of() : Map.of("Content-Type", getContentType());
        return Answer.of(getStatus(), headers, tooLong ? new byte[0] : held.toByteArray());
    }

    /** Sends what was held, or {@code instead} if that is another answer. */
    void send(Answer own, Answer instead) throws IOException {
        if (passing || real().isCommitted()) {
            return;
        }
        if (instead != own) {
            real().reset();
            write(instead, real());
        } else if (ending != null) {
            ending.send(real());
        } else {
            byte[] body = own.body();
            if (body.length > 0) {
                real().getOutputStream().write(body);
            }
        }
    }

    static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        byte[] body = answer.body();
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        // Now, and not once the server has read what is left of a body that was refused for its length.
        response.flushBuffer();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (stream == null) {
            stream = new Tee();
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            // As the container's own writer does: the encoding that is used is told, and stays.
            setCharacterEncoding(getCharacterEncoding());
            writer = new PrintWriter(new UnbufferedWriter(getOutputStream(), getCharacterEncoding()));
        }
        return writer;
    }

    @Override
    public void setStatus(int status) {
        if (ending == null) {
            super.setStatus(status);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        end(status, response -> response.sendError(status, message));
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        end(SC_FOUND, response -> response.sendRedirect(location));
    }

    private void end(int status, Ending last) throws IOException {
        if (passing) {
            last.send(real());
            return;
        }
        requireUncommitted();
        held.reset();
        super.setStatus(status);
        ending = last;
    }

    private void requireUncommitted() {
        if (isCommitted()) {
            throw new IllegalStateException("the answer is committed");
        }
    }

    @Override
    public boolean isCommitted() {
        return ending != null || super.isCommitted();
    }

    @Override
    public void resetBuffer() {
        requireUncommitted();
        super.resetBuffer();
        held.reset();
    }

    @Override
    public void reset() {
        requireUncommitted();
        super.reset();
        held.reset();
        stream = null;
        writer = null;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (passing) {
            super.flushBuffer();
        }
    }

    private final class Tee extends ServletOutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (ending != null && !passing) {
                return;
            }
            if (!tooLong && held.size() + (long) length > max) {
                passThrough();
                tooLong = true;
                held.reset();
            }
            if (!tooLong) {
                held.write(bytes, offset, length);
            }
            if (passing) {
                CapturedResponse.super.getOutputStream().write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (passing) {
                CapturedResponse.super.getOutputStream().flush();
            }
        }

        @Override
        public boolean isReady() {
            try {
                return !passing || CapturedResponse.super.getOutputStream().isReady();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            if (max > MAX_HELD) {
                throw new IllegalStateException("an answer that waits for a commit cannot be written asynchronously");
            }
            passThrough();
            try {
                CapturedResponse.super.getOutputStream().setWriteListener(listener);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
