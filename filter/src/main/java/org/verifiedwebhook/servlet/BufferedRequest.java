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
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.FormBody;

/**
 * A request whose body has been read and verified, for whoever reads it next: the stream and the reader give the verified
 * bytes, and parameters come of the query and of those bytes.
 *
 * <p>The stream is the same object at each call, because Jersey asks for it again and again and goes on where it was.
 */
final class BufferedRequest extends HttpServletRequestWrapper {

    private final AdmittedRequest admitted;
    private final CapturedResponse response;
    private final Optional<DeliveryClaim> claim;
    private final Principal principal;
    private boolean asynchronous;
    private BufferedStream stream;
    private BufferedReader reader;
    private Map<String, String[]> parameters;

    /** @param claim what an asynchronous handler's end ends; empty if somebody else does */
    BufferedRequest(
            HttpServletRequest request,
            AdmittedRequest admitted,
            CapturedResponse response,
            Optional<DeliveryClaim> claim) {
        super(request);
        this.admitted = admitted;
        this.response = response;
        this.claim = claim;
        this.principal = WebhookPrincipal.of(admitted.delivery()).orElse(null);
    }

    @Override
    public ServletInputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("getReader() has been called");
        }
        if (stream == null) {
            stream = new BufferedStream(admitted.bytes());
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() {
        if (stream != null && reader == null) {
            throw new IllegalStateException("getInputStream() has been called");
        }
        if (reader == null) {
            reader = new BufferedReader(new InputStreamReader(new BufferedStream(admitted.bytes()), charset()));
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
        return admitted.bytes().length;
    }

    @Override
    public long getContentLengthLong() {
        return admitted.bytes().length;
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
                all.putAll(FormBody.parse(admitted.bytes()).asMap());
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
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    /** With the wrapped request and response, so that an asynchronous handler reads verified bytes, too. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest asyncRequest, ServletResponse asyncResponse) {
        if (claim.map(DeliveryClaim::holdsTransaction).orElse(false)) {
            throw new IllegalStateException("the handler of sender "
                    + admitted.delivery().sender() + " works in the transaction of its delivery, which belongs to this"
                    + " thread: answer synchronously, or take copies with handle-copies, or store the event and work on it"
                    + " later");
        }
        AsyncContext context = super.startAsync(asyncRequest, asyncResponse);
        asynchronous = true;
        // At once, on this thread: later the handler may be through before anybody listens.
        claim.ifPresent(c -> context.addListener(new AsyncEnd(c, response)));
        response.passThrough();
        return context;
    }

    /** Whether a handler went asynchronous, be it still at work or not. */
    boolean asynchronous() {
        return asynchronous;
    }
}
