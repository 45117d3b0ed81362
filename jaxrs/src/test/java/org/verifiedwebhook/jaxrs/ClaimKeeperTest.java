package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.delivery.Answer;

class ClaimKeeperTest {

    @VerifiedWebhook("any")
    public static class Resource {
        @POST
        public void hook() {}

        @POST
        public void other() {}
    }

    private final Map<String, Object> attributes = new HashMap<>();
    private final List<String> ends = new ArrayList<>();
    private final List<AsyncListener> listeners = new ArrayList<>();
    private boolean async;
    private boolean completedMeanwhile;
    private boolean transaction;

    private final ContainerRequestContext context =
            Fakes.fake(ContainerRequestContext.class, Map.of("setProperty", a -> {
                attributes.put((String) a[0], a[1]);
                return null;
            }));
    private final AsyncContext asyncContext = Fakes.fake(
            AsyncContext.class, Map.of("getRequest", a -> null, "getResponse", a -> null, "addListener", a -> {
                if (completedMeanwhile) {
                    throw new IllegalStateException();
                }
                listeners.add((AsyncListener) a[0]);
                return null;
            }));
    private final ServletRequest request = Fakes.fake(
            ServletRequest.class,
            Map.of(
                    "getAttributeNames", a -> Collections.enumeration(List.copyOf(attributes.keySet())),
                    "getAttribute", a -> attributes.get((String) a[0]),
                    "isAsyncStarted", a -> async,
                    "getAsyncContext", a -> asyncContext));

    @Test
    void endOfTheRequest_releasesAllThatIsOpen() {
        open();
        end();
        assertEquals(List.of("released", "released"), ends);
    }

    @Test
    void requestWithoutADelivery_isLeftAlone() {
        attributes.put("other", "attribute");
        end();
        assertEquals(List.of(), ends);
    }

    @Test
    void asynchronousRequest_isReleasedWhenItIsComplete() throws IOException {
        async = true;
        open();
        end();
        assertEquals(List.of(), ends);
        AsyncListener listener = listeners.get(0);
        listener.onTimeout(new AsyncEvent(asyncContext));
        assertEquals(List.of(), ends, "a timeout handler may still answer");
        listener.onComplete(new AsyncEvent(asyncContext));
        assertEquals(List.of("released", "released"), ends);
    }

    @Test
    void asynchronousRequestStartedAgain_isStillWatched() throws IOException {
        async = true;
        open();
        end();
        listeners.get(0).onStartAsync(new AsyncEvent(asyncContext));
        assertEquals(2, listeners.size());
    }

    @Test
    void asynchronousRequestCompletedMeanwhile_isReleasedNow() {
        async = true;
        completedMeanwhile = true;
        open();
        end();
        assertEquals(List.of("released", "released"), ends);
    }

    @Test
    void asynchronousRequestThatHoldsATransaction_isReleasedNowOnItsThread() {
        async = true;
        transaction = true;
        open();
        end();
        assertEquals(List.of("released", "released"), ends);
        assertEquals(List.of(), listeners);
    }

    private void open() {
        DeliveryClaim claim = new DeliveryClaim() {
            @Override
            public boolean holdsTransaction() {
                return transaction;
            }

            @Override
            public Answer complete(Answer answer) {
                throw new AssertionError();
            }

            @Override
            public void release() {
                ends.add("released");
            }
        };
        Endpoint.in(Resource.class).forEach(e -> OpenDelivery.open(context, e, claim, () -> {}));
    }

    private void end() {
        ServletContext servletContext = Fakes.fake(ServletContext.class, Map.of());
        new ClaimKeeper().requestDestroyed(new ServletRequestEvent(servletContext, request));
    }
}
