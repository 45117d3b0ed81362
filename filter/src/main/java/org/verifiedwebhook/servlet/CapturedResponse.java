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
 * bytes, or one of an asynchronous handler, is let through as it is written, and its beginning kept.
 */
final class CapturedResponse extends HttpServletResponseWrapper {

    private static final int MAX_HELD = 1 << 20;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean passing;
    private boolean error;
    private String errorMessage;
    private ServletOutputStream stream;
    private PrintWriter writer;

    CapturedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Lets what is held through, and everything from now on. */
    void passThrough() {
        if (!passing) {
            passing = true;
            try {
                if (held.size() > 0) {
                    super.getOutputStream().write(held.toByteArray());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The answer as far as it was held. */
    Answer answer() {
        Map<String, String> headers = getContentType() == null ? Map.of() : Map.of("Content-Type", getContentType());
        return Answer.of(getStatus(), headers, held.toByteArray());
    }

    /** Sends what was held, or {@code instead} if that is another answer. */
    void send(Answer own, Answer instead) throws IOException {
        HttpServletResponse real = (HttpServletResponse) getResponse();
        if (passing || real.isCommitted()) {
            return;
        }
        if (instead != own) {
            real.reset();
            write(instead, real);
        } else if (error) {
            real.sendError(own.status(), errorMessage);
        } else {
            byte[] body = own.body();
            if (body.length > 0) {
                real.getOutputStream().write(body);
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
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (passing) {
            super.sendError(status, message);
            return;
        }
        error = true;
        errorMessage = message;
        setStatus(status);
        held.reset();
    }

    /** Held back like any other answer, so not the container's, which is sent at once. */
    @Override
    public void sendRedirect(String location) throws IOException {
        if (passing) {
            super.sendRedirect(location);
            return;
        }
        resetBuffer();
        setStatus(SC_FOUND);
        setHeader("Location", location);
    }

    @Override
    public void resetBuffer() {
        held.reset();
        super.resetBuffer();
    }

    @Override
    public void reset() {
        held.reset();
        error = false;
        super.reset();
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
            if (!passing && held.size() + length > MAX_HELD) {
                passThrough();
            }
            if (held.size() + length <= MAX_HELD) {
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
            passThrough();
            try {
                CapturedResponse.super.getOutputStream().setWriteListener(listener);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
