package org.verifiedwebhook.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes requests byte by byte: a well-mannered client could not send what an attacker sends. */
final class RawHttp {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");
    private static final int PATIENCE_MILLIS = 30_000;

    private final URI server;
    private final String method;
    private final String target;
    private final List<String> headers = new ArrayList<>();
    private String host;
    private byte[] body = {};
    private boolean lengthDeclared;

    private RawHttp(URI server, String method, String target) {
        this.server = server;
        this.method = method;
        this.target = target;
        this.host = server.getAuthority();
    }

    /** An answer. */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        /** All that tells one answer from another, but for the time of day and what becomes of the connection. */
        String face() {
            Map<String, String> timeless = new LinkedHashMap<>(headers);
            timeless.remove("date");
            timeless.remove("connection");
            return status + " " + timeless + " " + body;
        }
    }

    /** @param target the request target, as it is to be sent */
    static RawHttp request(URI server, String method, String target) {
        return new RawHttp(server, method, target);
    }

    static RawHttp post(URI uri) {
        return new RawHttp(uri, "POST", uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    /** What stands in {@code Host}, instead of where it is sent. */
    RawHttp host(String other) {
        host = other;
        return this;
    }

    RawHttp header(String name, String value) {
        headers.add(name + ": " + value);
        lengthDeclared |= name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding");
        return this;
    }

    RawHttp body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp body(byte[] bytes) {
        this.body = bytes;
        return this;
    }

    Answer send() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(head());
            out.write(body);
            out.flush();
            return answer(socket.getInputStream());
        }
    }

    /** What a connection brought: all that was said, and whether the server closed it then. */
    record Conversation(String said, boolean closed) {

        int answers() {
            return said.split("HTTP/1\\.1 ", -1).length - 1;
        }

        /** Whether the first answer says that there will be no other. */
        boolean endsAfterTheFirst() {
            String first = said.split("HTTP/1\\.1 ", -1)[1];
            return first.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
        }

        boolean begins(int status) {
            return said.startsWith("HTTP/1.1 " + status + " ");
        }
    }

    /** Listens until the server closes the connection, or has been silent for so long. */
    static Conversation converse(URI server, String text, int patienceMillis) throws IOException {
        StringBuilder said = new StringBuilder();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(patienceMillis);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                said.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException silent) {
            return new Conversation(said.toString(), false);
        } catch (SocketException reset) {
            // Closed before it had read everything.
        }
        return new Conversation(said.toString(), true);
    }

    /** The bytes of the request, to be sent after others. */
    String bytes() {
        return new String(head(), StandardCharsets.ISO_8859_1) + new String(body, StandardCharsets.ISO_8859_1);
    }

    private byte[] head() {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\nConnection: close\r\n");
        if (!lengthDeclared && !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        headers.forEach(h -> head.append(h).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Answer answer(InputStream in) throws IOException {
        byte[] all = readAll(in);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no answer but " + all.length + " bytes");
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(":", 2);
            headers.put(field[0].toLowerCase(Locale.ROOT), field[1].trim());
        }
        boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
        String bytes = chunked ? dechunk(text.substring(end + 4)) : text.substring(end + 4);
        String body = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
    }

    /** What a server sends before it resets the connection counts; whether it closes it after its answer does not. */
    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
                if (whole(all)) {
                    break;
                }
            }
        } catch (SocketException reset) {
            if (all.size() == 0) {
                throw reset;
            }
        }
        return all.toByteArray();
    }

    private static boolean whole(ByteArrayOutputStream all) {
        return isWhole(all.toString(StandardCharsets.ISO_8859_1));
    }

    /** Whether an answer, a character for each byte, has all the bytes that it declares. */
    static boolean isWhole(String text) {
        int end = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(end < 0 ? "" : text.substring(0, end + 2));
        return length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    /** @param text a character for each byte, because lengths count bytes */
    private static String dechunk(String text) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int line = text.indexOf("\r\n", at);
            int length = Integer.parseInt(text.substring(at, line).trim(), 16);
            if (length == 0) {
                return body.toString();
            }
            body.append(text, line + 2, line + 2 + length);
            at = line + 2 + length + 2;
        }
    }
}
