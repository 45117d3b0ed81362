package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.Admission;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.HandlerTransaction;
import org.verifiedwebhook.delivery.InMemoryDeliveryStore;
import org.verifiedwebhook.secret.Settings;

/** A thread that served an asynchronous dispatch goes back to its pool as it came: without a transaction, out of the scope. */
class AsyncScopeTest {

    @VerifiedWebhook("zorio")
    public static class Resource {
        @POST
        public void hook() {}
    }

    /** The transactions of each thread, as a transaction manager keeps them. */
    private static final class Recording implements DeliveryStore {
        private final InMemoryDeliveryStore memory = new InMemoryDeliveryStore();
        private final ThreadLocal<HandlerTransaction> current = new ThreadLocal<>();
        private final List<String> log = new ArrayList<>();

        @Override
        public Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
            return memory.claim(keys, lease, retention);
        }

        @Override
        public boolean complete(ClaimToken token, Answer answer) {
            return memory.complete(token, answer);
        }

        @Override
        public void release(ClaimToken token) {
            log.add("release");
            memory.release(token);
        }

        @Override
        public boolean transactional() {
            return true;
        }

        @Override
        public HandlerTransaction begin(ClaimToken token, Duration timeout) {
            HandlerTransaction begun = new HandlerTransaction() {
                @Override
                public boolean isCurrent() {
                    return current.get() == this;
                }

                @Override
                public void commit() {
                    end("commit");
                }

                @Override
                public void rollback() {
                    end("rollback");
                }

                private void end(String how) {
                    log.add(how + (isCurrent() ? " here" : " elsewhere"));
                    current.remove();
                }
            };
            current.set(begun);
            log.add("begin");
            return begun;
        }
    }

    private final Recording store = new Recording();
    private final WebhookGate gate = WebhookGate.builder()
            .settings(Settings.of(Map.of("webhook/zorio/secret", ZorioRequest.SECRET)))
            .deliveries(store)
            .build();
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<String> scope = new ArrayList<>();
    private boolean begins = true;
    private boolean asyncAgain;

    private final AsyncScope filter = new AsyncScope(
            () -> Fakes.fake(RequestContextController.class, Map.of("activate", a -> begins, "deactivate", a -> {
                scope.add("ended");
                return null;
            })));
    private final ContainerRequestContext context =
            Fakes.fake(ContainerRequestContext.class, Map.of("setProperty", a -> {
                attributes.put((String) a[0], a[1]);
                return null;
            }));
    private final HttpServletRequest request = Fakes.fake(
            HttpServletRequest.class,
            Map.of(
                    "getAttributeNames", a -> Collections.enumeration(List.copyOf(attributes.keySet())),
                    "getAttribute", a -> attributes.get((String) a[0]),
                    "isAsyncStarted", a -> asyncAgain));

    private DeliveryClaim admit() {
        DeliveryClaim claim = assertInstanceOf(
                        Admission.Admitted.class, gate.admit("zorio", ZorioRequest.of("{\"event\":\"x\"}")))
                .claim();
        OpenDelivery.open(context, Endpoint.in(Resource.class).get(0), claim, () -> {});
        return claim;
    }

    private void dispatch(FilterChain chain) throws Exception {
        filter.doFilter(request, Fakes.fake(HttpServletResponse.class, Map.of()), chain);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dispatchWithoutAnAnswer_leavesNoTransactionOnItsThread(boolean async) throws Exception {
        asyncAgain = async;
        dispatch((q, s) -> admit());
        assertEquals(List.of("begin", "rollback here", "release"), store.log);
        assertEquals(null, store.current.get());
    }

    @Test
    void dispatchThatFails_leavesNoTransactionOnItsThread() {
        assertThrows(
                ServletException.class,
                () -> dispatch((q, s) -> {
                    admit();
                    throw new ServletException("nothing maps it");
                }));
        assertEquals(List.of("begin", "rollback here", "release"), store.log);
        assertEquals(null, store.current.get());
        assertEquals(List.of("ended"), scope);
    }

    /** The control: what has ended well is not undone. */
    @Test
    void dispatchThatAnswered_isCommittedAndLeftAlone() throws Exception {
        dispatch((q, s) -> assertEquals(
                200, admit().complete(Answer.text(200, "text/plain", "ok")).status()));
        assertEquals(List.of("begin", "commit here"), store.log);
        assertEquals(null, store.current.get());
    }

    @Test
    void scopeThatWasThere_isNotEnded() throws Exception {
        begins = false;
        dispatch((q, s) -> {});
        assertEquals(List.of(), scope);
    }
}
