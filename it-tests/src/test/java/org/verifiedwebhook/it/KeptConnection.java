package org.verifiedwebhook.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that stays open as long as the server likes; a new one is opened before the clock starts. */
final class KeptConnection implements AutoCloseable {

    private final URI root;
    private Socket socket;

    KeptConnection(URI root) {
        this.root = root;
    }

    /**
     * An answer.
     *
     * @param nanos how long it took
     */
    record Reply(String text, long nanos) {

        boolean begins(int status) {
            return text.startsWith("HTTP/1.1 " + status + " ");
        }

        /** All that tells one answer from another, but for the time of day and what becomes of the connection. */
        String timeless() {
            return text.replaceAll("(?i)\r\n(date|connection): [^\r]*", "");
        }
    }

    /** Sends all bytes of a request and waits for its answer. */
    Reply exchange(byte[] request) throws IOException {
        for (int attempt = 0; ; attempt++) {
            if (socket == null) {
                socket = new Socket(root.getHost(), root.getPort());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(30_000);
            }
            long begin = System.nanoTime();
            String text = said(request);
            long nanos = System.nanoTime() - begin;
            if (text.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n") || text.isEmpty()) {
                close();
            }
            if (!text.isEmpty() || attempt > 0) {
                return new Reply(text, nanos);
            }
        }
    }

    private String said(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            if (RawHttp.isWhole(text.toString())) {
                break;
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
