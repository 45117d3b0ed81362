package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.Variant.VariantListBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.servlet.BodyReading;

/** The memory of a body that JAX-RS itself received is given back, however its request ends. */
class RequestVerifierTest {

    @VerifiedWebhook("zorio")
    public static class Resource {
        @POST
        public void hook() {}
    }

    /** No JAX-RS is here to make responses: this is as far as a request comes. */
    private static final class Answering extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final List<WebhookOutcome> outcomes = new ArrayList<>();
    private final WebhookGate gate = WebhookGate.builder()
            .settings(Settings.of(
                    Map.of("webhook/zorio/secret", ZorioRequest.SECRET, "webhook/zorio/address-rate", "2/PT1H")))
            .onOutcome(outcomes::add)
            .build();
    private final Map<String, Object> attributes = new HashMap<>();
    private final ServletContext servletContext = Fakes.fake(
            ServletContext.class,
            Map.of(
                    "getServerInfo",
                    a -> "a server",
                    "getAttribute",
                    a -> attributes.get((String) a[0]),
                    "setAttribute",
                    a -> {
                        attributes.put((String) a[0], a[1]);
                        return null;
                    },
                    "removeAttribute",
                    a -> attributes.remove((String) a[0])));
    private final BodyReading reading = BodyReading.in(servletContext, gate);
    private final ApplicationGate application = new ApplicationGate() {
        @Override
        WebhookGate gate() {
            return gate;
        }

        @Override
        BodyReading reading(ServletContext context) {
            return reading;
        }
    };
    private long heldWhileRead;

    @BeforeEach
    void answerNothing() {
        RuntimeDelegate.setInstance(new NoResponses());
    }

    @AfterEach
    void stop() {
        RuntimeDelegate.setInstance(null);
        reading.release(servletContext);
    }

    /** A form of seven bytes, of which the stream has nothing any more. */
    private void verify(Function<Object[], Object> parameters) {
        Map<String, Function<Object[], Object>> methods = new HashMap<>();
        methods.put("getAttribute", a -> null);
        methods.put("setAttribute", a -> null);
        methods.put("getServletContext", a -> servletContext);
        methods.put("getContentType", a -> "application/x-www-form-urlencoded");
        methods.put("getContentLengthLong", a -> 7L);
        methods.put("getQueryString", a -> null);
        methods.put("getParameterMap", parameters);
        methods.put("getProtocol", a -> "HTTP/1.1");
        methods.put("getMethod", a -> "POST");
        methods.put("getRequestURI", a -> "/hook");
        methods.put("getScheme", a -> "http");
        methods.put("getServerName", a -> "127.0.0.1");
        methods.put("getServerPort", a -> 80);
        methods.put("getRemoteAddr", a -> "127.0.0.1");
        methods.put("getHeaderNames", a -> Collections.emptyEnumeration());
        methods.put("getHeaders", a -> Collections.emptyEnumeration());
        InputStream consumed = new InputStream() {
            @Override
            public int read() {
                heldWhileRead = gate.bodyBudget().held();
                return -1;
            }
        };
        ContainerRequestContext context = Fakes.fake(
                ContainerRequestContext.class, Map.of("getProperty", a -> null, "getEntityStream", a -> consumed));
        new RequestVerifier(
                        Endpoint.in(Resource.class).get(0), application, Fakes.fake(HttpServletRequest.class, methods))
                .filter(context);
    }

    @Test
    void formThatAnotherFilterReadFirst_holdsNothingAfterIt() {
        assertThrows(Answering.class, () -> verify(a -> Map.of("a", new String[] {"b"})));
        assertEquals(Optional.of(Reason.BODY_CONSUMED), outcomes.get(0).reason());
        assertTrue(heldWhileRead > 0, "the control: something was held");
        assertEquals(0, gate.bodyBudget().held());
    }

    @Test
    void containerThatCannotReadParameters_holdsNothingAfterIt() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> verify(a -> {
                    throw new UnsupportedOperationException("bad encoding");
                }));
        assertTrue(heldWhileRead > 0);
        assertEquals(0, gate.bodyBudget().held());
    }

    @Test
    void refusedRequest_holdsNothingAfterIt() {
        assertThrows(Answering.class, () -> verify(a -> Map.of()));
        assertTrue(heldWhileRead > 0);
        assertEquals(0, gate.bodyBudget().held());
    }

    @Test
    void requestBeyondItsAddressesRate_isRefusedAndItsBodyNotRead() {
        for (int i = 0; i < 2; i++) {
            heldWhileRead = 0;
            assertThrows(Answering.class, () -> verify(a -> Map.of()));
            assertTrue(heldWhileRead > 0, "the control: within the rate it is read");
        }
        heldWhileRead = 0;
        assertThrows(Answering.class, () -> verify(a -> Map.of()));
        assertEquals(Optional.of(Reason.RATE_LIMITED), outcomes.get(2).reason());
        assertEquals(0, heldWhileRead);
        assertEquals(3, outcomes.size(), "each is told once");
    }

    private static final class NoResponses extends RuntimeDelegate {
        @Override
        public UriBuilder createUriBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ResponseBuilder createResponseBuilder() {
            throw new Answering();
        }

        @Override
        public VariantListBuilder createVariantListBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T createEndpoint(Application ofApplication, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> HeaderDelegate<T> createHeaderDelegate(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Link.Builder createLinkBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeBootstrap.Configuration.Builder createConfigurationBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<SeBootstrap.Instance> bootstrap(
                Application ofApplication, SeBootstrap.Configuration configuration) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<SeBootstrap.Instance> bootstrap(
                Class<? extends Application> type, SeBootstrap.Configuration configuration) {
            throw new UnsupportedOperationException();
        }

        @Override
        public EntityPart.Builder createEntityPartBuilder(String part) {
            throw new UnsupportedOperationException();
        }
    }
}
