package org.verifiedwebhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request as bytes, free of any container. Nothing of it is verified.
 *
 * <p>The body is the raw bytes, never a string: what is decoded and encoded again is not what was signed. The URL is the
 * one the sender called, see {@link PublicUrl}; its path and query are never decoded.
 */
public final class WebhookRequest {

    private final String method;
    private final String url;
    private final String address;
    private final Instant receivedAt;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final boolean secure;

    private WebhookRequest(Builder builder) {
        this.method = builder.method;
        this.url = builder.url;
        this.address = builder.address;
        this.receivedAt = builder.receivedAt;
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        builder.headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        this.headers = copy;
        this.body = builder.body;
        this.secure = builder.secure;
    }

    /**
     * Begins a request.
     *
     * @param method the HTTP method
     * @param url the absolute URL that the sender called, query included, undecoded
     */
    public static Builder of(String method, String url) {
        return new Builder(method, url);
    }

    /** Puts a request together. Not for use by several threads. */
    public static final class Builder {
        private final String method;
        private final String url;
        private String address = "";
        private Instant receivedAt = Instant.now();
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private byte[] body = {};
        private boolean secure;

        private Builder(String method, String url) {
            this.method = Objects.requireNonNull(method, "method");
            this.url = Objects.requireNonNull(url, "url");
        }

        /** The address of the peer, as the connection has it or as a trusted proxy says. */
        public Builder address(String peer) {
            this.address = Objects.requireNonNull(peer, "peer");
            return this;
        }

        /** When the request came; now, if not said. */
        public Builder receivedAt(Instant instant) {
            this.receivedAt = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /** Adds a line of a header field; a field that comes twice is added twice. */
        public Builder header(String name, String value) {
            headers.computeIfAbsent(name, n -> new ArrayList<>(1)).add(Objects.requireNonNull(value, name));
            return this;
        }

        /**
         * The body. <strong>Not copied</strong>: it may be large; do not change it afterwards.
         */
        public Builder body(byte[] bytes) {
            this.body = Objects.requireNonNull(bytes, "bytes");
            return this;
        }

        /** Whether the connection that left the sender was encrypted, as far as is known; not, if not said. */
        public Builder secure(boolean encrypted) {
            this.secure = encrypted;
            return this;
        }

        /** The request. */
        public WebhookRequest build() {
            return new WebhookRequest(this);
        }
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The absolute URL that the sender called, query included, undecoded. */
    public String url() {
        return url;
    }

    /** The path of {@link #url}, undecoded. */
    public String path() {
        int slashes = url.indexOf("://");
        int start = slashes < 0 ? 0 : url.indexOf('/', slashes + 3);
        int end = queryMark();
        return start < 0 || start > end ? "" : url.substring(start, end);
    }

    /** The query of {@link #url}, undecoded, without its question mark; empty if there is none. */
    public String query() {
        int mark = queryMark();
        return mark == url.length() ? "" : url.substring(mark + 1);
    }

    private int queryMark() {
        int mark = url.indexOf('?');
        return mark < 0 ? url.length() : mark;
    }

    /** The address of the peer; empty if unknown. */
    public String address() {
        return address;
    }

    /** When the request came. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** All lines of a header field, in order; names are case-insensitive. */
    public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** A copy of the body's bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** The body's length in bytes. */
    public int bodyLength() {
        return body.length;
    }

    /** Whether the connection that left the sender was encrypted, as far as is known. */
    public boolean secure() {
        return secure;
    }

    /** The body itself, for the engine, which reads and never writes it. */
    byte[] bytes() {
        return body;
    }

    /** Whether the body is declared to be a form. */
    boolean isForm() {
        List<String> types = header("Content-Type");
        return types.size() == 1 && FormBody.isForm(types.get(0));
    }

    /** Whether there is no body, or it is declared to be of one of these media types; of any, if they are none. */
    boolean hasTypeOf(Set<String> mediaTypes) {
        List<String> types = header("Content-Type");
        return mediaTypes.isEmpty()
                || body.length == 0
                || types.size() == 1
                        && mediaTypes.contains(
                                types.get(0).split(";", 2)[0].trim().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + method + ", " + body.length + " bytes]";
    }
}
