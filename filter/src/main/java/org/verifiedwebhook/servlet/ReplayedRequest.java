package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.verifiedwebhook.FormBody;

/**
 * A request whose body has been read, for whoever reads it next: the stream and the reader give the same bytes, and
 * parameters come of the query and of those bytes.
 *
 * <p>The stream is the same object at each call, because Jersey asks for it again and again and goes on where it was.
 */
abstract class ReplayedRequest extends HttpServletRequestWrapper {

    private final byte[] bytes;
    private boolean asynchronous;
    private BufferedStream stream;
    private BufferedReader reader;
    private Map<String, String[]> parameters;

    ReplayedRequest(HttpServletRequest request, byte[] bytes) {
        super(request);
        this.bytes = bytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (reader != null) {
            throw new IllegalStateException("getReader() has been called");
        }
        if (stream == null) {
            stream = new BufferedStream(bytes);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (stream != null && reader == null) {
            throw new IllegalStateException("getInputStream() has been called");
        }
        if (reader == null) {
            reader = new BufferedReader(new InputStreamReader(new BufferedStream(bytes), charset()));
        }
        return reader;
    }

    private Charset charset() {
        try {
            return getCharacterEncoding() == null ? StandardCharsets.UTF_8 : Charset.forName(getCharacterEncoding());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    @Override
    public int getContentLength() {
        return bytes.length;
    }

    @Override
    public long getContentLengthLong() {
        return bytes.length;
    }

    @Override
    public String getParameter(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters());
    }

    /**
     * The query's and the body's, where the body alone has the names that stand in it. The servlet specification (section
     * 3.1) puts the query's values first; but few senders sign the query, and what nobody signed must not hide what was.
     */
    private Map<String, String[]> parameters() {
        if (parameters == null) {
            Map<String, List<String>> all = new LinkedHashMap<>();
            if (getQueryString() != null) {
                all.putAll(FormBody.parse(getQueryString().getBytes(StandardCharsets.UTF_8))
                        .asMap());
            }
            if (FormBody.isForm(getContentType())) {
                all.putAll(FormBody.parse(bytes).asMap());
            }
            parameters = new LinkedHashMap<>();
            all.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        }
        return parameters;
    }

    @Override
    public Collection<Part> getParts() throws ServletException {
        throw new ServletException("no parts behind a webhook filter: no sender signs multipart bodies part by part;"
                + " take WebhookDelivery.rawBody() and a multipart parser");
    }

    @Override
    public Part getPart(String name) throws ServletException {
        getParts();
        return null;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response());
    }

    @Override
    public AsyncContext startAsync(ServletRequest asyncRequest, ServletResponse asyncResponse) {
        AsyncContext context = super.startAsync(asyncRequest, asyncResponse);
        asynchronous = true;
        // At once, on this thread: later the handler may be through before anybody listens.
        started(context);
        return context;
    }

    /** The response that goes with this request. */
    abstract ServletResponse response();

    /** Told when a handler goes asynchronous. */
    abstract void started(AsyncContext context);

    /** Whether a handler went asynchronous, be it still at work or not. */
    boolean asynchronous() {
        return asynchronous;
    }
}
