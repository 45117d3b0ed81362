package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ServletContext context = (ServletContext) Proxy.newProxyInstance(
            DrainTest.class.getClassLoader(), new Class<?>[] {ServletContext.class}, (self, method, args) -> "/app");

    private ServletRequestEvent request() {
        Map<Object, Object> attributes = new HashMap<>();
        ServletRequest request = (ServletRequest) Proxy.newProxyInstance(
                DrainTest.class.getClassLoader(),
                new Class<?>[] {ServletRequest.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getAttribute" -> attributes.get(args[0]);
                    case "setAttribute" -> attributes.put(args[0], args[1]);
                    case "removeAttribute" -> attributes.remove(args[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new ServletRequestEvent(context, request);
    }

    private Thread ending(Drain drain) {
        Thread ending = new Thread(() -> drain.contextDestroyed(new ServletContextEvent(context)));
        ending.start();
        return ending;
    }

    private static boolean ends(Thread thread, long millis) throws InterruptedException {
        thread.join(millis);
        return !thread.isAlive();
    }

    @Test
    void requestsUnderWay_keepTheApplicationUntilTheLastHasEnded() throws Exception {
        Drain drain = new Drain(LONG);
        ServletRequestEvent one = request();
        ServletRequestEvent other = request();
        drain.requestInitialized(one);
        drain.requestInitialized(other);
        Thread ending = ending(drain);
        drain.requestDestroyed(one);
        assertFalse(ends(ending, 300));
        drain.requestDestroyed(other);
        assertTrue(ends(ending, 5_000));
    }

    @Test
    void noRequestUnderWay_endsAtOnce() throws Exception {
        Drain drain = new Drain(LONG);
        ServletRequestEvent request = request();
        drain.requestInitialized(request);
        drain.requestDestroyed(request);
        assertTrue(ends(ending(drain), 5_000));
    }

    @Test
    void requestToldOfTwice_isCountedOnce() throws Exception {
        Drain drain = new Drain(LONG);
        ServletRequestEvent request = request();
        drain.requestInitialized(request);
        drain.requestInitialized(request);
        drain.requestDestroyed(request);
        assertTrue(ends(ending(drain), 5_000), "begun twice");
        ServletRequestEvent next = request();
        drain.requestInitialized(next);
        drain.requestDestroyed(request);
        Thread ending = ending(drain);
        assertFalse(ends(ending, 300), "ended twice, and another is under way");
        drain.requestDestroyed(next);
        assertTrue(ends(ending, 5_000));
    }

    @Test
    void requestThatDoesNotEnd_isWaitedForNoLongerThanPatienceLasts() throws Exception {
        Drain drain = new Drain(Duration.ofMillis(200));
        drain.requestInitialized(request());
        assertTrue(ends(ending(drain), 5_000));
    }

    @Test
    void interruptedWait_endsAndStaysInterrupted() throws Exception {
        Drain drain = new Drain(LONG);
        drain.requestInitialized(request());
        boolean[] interrupted = new boolean[1];
        Thread ending = new Thread(() -> {
            drain.contextDestroyed(new ServletContextEvent(context));
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        ending.start();
        ending.interrupt();
        assertTrue(ends(ending, 5_000));
        assertTrue(interrupted[0]);
    }
}
