package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.WebhookRequest;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.servlet.CountedRequest;
import org.verifiedwebhook.servlet.ReceivedBody;

/** Whose body is not received: theirs who send too many requests. */
class BodyPrereaderTest {

    @Path("/hook")
    @VerifiedWebhook("zorio")
    public static class Resource {
        @POST
        public void hook() {}
    }

    @Path("/hook")
    @VerifiedWebhook("chaindoc")
    public static class Other {
        @POST
        public void hook() {}
    }

    /** The body is asked for: this is as far as a request comes. */
    private static final class Reading extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final List<WebhookOutcome> outcomes = new ArrayList<>();
    private final WebhookGate gate = WebhookGate.builder()
            .settings(Settings.of(Map.of("webhook/address-rate", "1/PT1H")))
            .onOutcome(outcomes::add)
            .build();
    private final Map<String, Object> ofTheContext = new HashMap<>(Map.of(WebhookGate.class.getName(), gate));
    private final List<HttpServletRequest> handedOn = new ArrayList<>();

    private static void addAttributes(Map<String, Function<Object[], Object>> methods, Map<String, Object> attributes) {
        methods.put("getAttribute", a -> attributes.get((String) a[0]));
        methods.put("setAttribute", a -> attributes.put((String) a[0], a[1]));
    }

    private BodyPrereader of(Class<?>... resources) throws Exception {
        Map<String, Function<Object[], Object>> methods = new HashMap<>();
        addAttributes(methods, ofTheContext);
        methods.put("getServerInfo", a -> "a server");
        BodyPrereader prereader = new BodyPrereader(new EndpointPaths(List.of(resources)));
        ServletContext context = Fakes.fake(ServletContext.class, methods);
        prereader.init(Fakes.fake(FilterConfig.class, Map.of("getServletContext", a -> context)));
        return prereader;
    }

    private void send(BodyPrereader prereader) throws Exception {
        Map<String, Function<Object[], Object>> methods = new HashMap<>();
        addAttributes(methods, new HashMap<>());
        methods.put("getMethod", a -> "POST");
        methods.put("getPathInfo", a -> "/hook");
        methods.put("getProtocol", a -> "HTTP/1.1");
        methods.put("getScheme", a -> "http");
        methods.put("getServerName", a -> "127.0.0.1");
        methods.put("getServerPort", a -> 80);
        methods.put("getRequestURI", a -> "/hook");
        methods.put("getQueryString", a -> null);
        methods.put("getRemoteAddr", a -> "192.0.2.7");
        methods.put("getContentLengthLong", a -> 7L);
        methods.put("getAttributeNames", a -> Collections.emptyEnumeration());
        methods.put("getHeaderNames", a -> Collections.emptyEnumeration());
        methods.put("getHeaders", a -> Collections.emptyEnumeration());
        methods.put("getInputStream", a -> {
            throw new Reading();
        });
        FilterChain chain = (request, response) -> handedOn.add((HttpServletRequest) request);
        prereader.doFilter(
                Fakes.fake(HttpServletRequest.class, methods), Fakes.fake(HttpServletResponse.class, Map.of()), chain);
    }

    private Optional<Reason> reasonOfTheLast() {
        return ReceivedBody.of(handedOn.get(handedOn.size() - 1)).orElseThrow().reason();
    }

    @Test
    void bodyOfARequestBeyondItsAddressesRate_isNotReceived() throws Exception {
        BodyPrereader prereader = of(Resource.class);
        assertThrows(Reading.class, () -> send(prereader), "the control");
        send(prereader);
        assertEquals(Optional.of(Reason.RATE_LIMITED), reasonOfTheLast());
        InputStream in = handedOn.get(0).getInputStream();
        assertEquals(1, in.available(), "Jersey must not take it for a form that somebody has read");
        assertThrows(IOException.class, in::read);
        assertEquals(1, outcomes.size());
        assertTrue(
                CountedRequest.refusal(gate, "zorio", handedOn.get(0)).isPresent(), "who verifies it finds the answer");
        assertEquals(1, outcomes.size(), "and counts it no second time");
    }

    /** Whose it is shows only later. */
    @Test
    void requestThatMayBeOfSeveralSenders_isCountedForNone() throws Exception {
        BodyPrereader prereader = of(Resource.class, Other.class);
        for (int i = 0; i < 3; i++) {
            assertThrows(Reading.class, () -> send(prereader));
        }
        use("zorio");
        assertThrows(Reading.class, () -> send(prereader), "it may be the other's");
        use("chaindoc");
        send(prereader);
        assertEquals(Optional.of(Reason.RATE_LIMITED), reasonOfTheLast());
        assertEquals(List.of(), outcomes, "nobody is told yet");
    }

    private void use(String sender) {
        WebhookRequest request = WebhookRequest.of("POST", "http://127.0.0.1/hook")
                .address("192.0.2.7")
                .build();
        assertEquals(Optional.empty(), gate.limit(sender, () -> request));
    }
}
