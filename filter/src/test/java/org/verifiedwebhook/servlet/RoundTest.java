package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link BodyReaderTest} does not reach: a container and a timer that do not do their part. */
class RoundTest {

    private static final int MOST_POLLS = 5;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger dispatches = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    private boolean queued;

    /** Never returns from the dispatch that put the request aside. */
    private final AsyncContext async = (AsyncContext) Proxy.newProxyInstance(
            RoundTest.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, args) -> {
                switch (method.getName()) {
                    case "setTimeout" -> asked.incrementAndGet();
                    case "dispatch" -> {
                        if (queued) {
                            throw new IllegalStateException("it is sent round already");
                        }
                        dispatches.incrementAndGet();
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                }
                return null;
            });

    private final Round round = new Round(timer, true, lost::incrementAndGet);

    @BeforeEach
    void begin() {
        round.begin(async, MOST_POLLS);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void containerThatNeverReturns_isAskedUntilTheTimeOutAndThenSentTo() throws Exception {
        round.send();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (dispatches.get() == 0) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(1);
        }
        Thread.sleep(50);
        assertEquals(MOST_POLLS + 1, asked.get());
        assertEquals(1, lost.get(), "nobody may come");
        assertEquals(1, dispatches.get(), "nobody asks again");
    }

    @Test
    void secondDispatchThatIsRefused_losesNothing() {
        round.sendNow();
        queued = true;
        round.sendNow();
        assertEquals(1, dispatches.get());
        assertEquals(0, lost.get());
    }

    @Test
    void onlyDispatchThatIsRefused_isLost() {
        queued = true;
        round.sendNow();
        assertEquals(1, lost.get());
    }

    @Test
    void roundThatWasTaken_isNotSentAgain() {
        assertTrue(round.take());
        round.sendNow();
        assertEquals(0, dispatches.get());
    }

    @Test
    void requestThatTheContainerHasEnded_isNotSent() {
        round.complete();
        round.sendNow();
        assertEquals(0, dispatches.get());
    }

    @Test
    void timerThatHasEnded_doesNotKeepTheRequest() {
        timer.shutdownNow();
        round.send();
        assertEquals(1, dispatches.get());
        assertEquals(0, asked.get());
    }
}
