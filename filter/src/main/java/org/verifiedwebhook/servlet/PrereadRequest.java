package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;

/** A request whose body has been received, and is verified by nobody yet; {@link ReceivedBody#of} has it. */
public final class PrereadRequest extends ReplayedRequest {

    private final ReceivedBody body;
    private final ServletResponse response;

    /** @param response what goes with the request */
    public PrereadRequest(HttpServletRequest request, ReceivedBody body, ServletResponse response) {
        super(request, body.bytes());
        this.body = body;
        this.response = response;
        body.attachTo(request);
    }

    private void check() throws IOException {
        if (body.reason().isPresent()) {
            throw new IOException(
                    "the body was not received: " + body.reason().get().key());
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body.reason().isPresent() ? new Failing() : super.getInputStream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        check();
        return super.getReader();
    }

    /** Fails when it is read, and not before: for a form Jersey looks whether there is a stream before anybody can refuse. */
    private final class Failing extends ServletInputStream {

        @Override
        public int available() {
            return 1;
        }

        @Override
        public int read() throws IOException {
            check();
            return -1;
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
            throw new IllegalStateException("the body was not received");
        }
    }

    @Override
    ServletResponse response() {
        return response;
    }

    @Override
    void started(AsyncContext context) {
        body.keepFor(context);
    }
}
