package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.BodyBudget;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Reason;

/** Of all that may end a body at the same time, one does. */
class BodyReaderTest {

    private final BodyBudget budget =
            WebhookGate.builder().settings(Settings.of(Map.of())).build().bodyBudget();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final AtomicInteger dispatches = new AtomicInteger();
    private final Map<String, Object> attributes = new HashMap<>();
    private boolean ended;
    /** Whether the container is still within the dispatch that the request was put aside in. */
    private volatile boolean within = true;

    private boolean refusesAsync;
    /** Whether the container tells of an error as soon as anybody listens. */
    private boolean fails;

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(BodyReaderTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private final AsyncContext async = fake(AsyncContext.class, (self, method, args) -> {
        if (method.getName().equals("addListener") && fails) {
            ((AsyncListener) args[0]).onError(null);
        }
        if (method.getName().equals("setTimeout") && !within) {
            throw new IllegalStateException("the dispatch has returned");
        }
        if (method.getName().equals("dispatch")) {
            if (ended) {
                throw new IllegalStateException("the request is over");
            }
            dispatches.incrementAndGet();
        }
        return null;
    });

    private final HttpServletRequest request =
            fake(HttpServletRequest.class, (self, method, args) -> switch (method.getName()) {
                case "startAsync" -> {
                    if (refusesAsync) {
                        throw new IllegalStateException("no asynchronous processing");
                    }
                    yield async;
                }
                case "setAttribute" -> attributes.put((String) args[0], args[1]);
                case "getAttribute" -> attributes.get((String) args[0]);
                default -> throw new UnsupportedOperationException(method.toString());
            });

    /** Three bytes at hand, and no more to come yet. */
    private static final class Three extends ServletInputStream {
        private int left = 3;

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int read = Math.min(left, length);
            left -= read;
            return read;
        }

        @Override
        public int available() {
            return left;
        }

        @Override
        public boolean isFinished() {
            return left == 0;
        }

        @Override
        public boolean isReady() {
            return left > 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            // The test calls.
        }
    }

    private final List<ReceivedBody> received = new ArrayList<>();

    /** What the handler does with its request. */
    private Consumer<HttpServletRequest> handling = q -> {};

    private void receive(ReceivedBody body, HttpServletRequest handled) {
        received.add(body);
        handling.accept(handled);
    }

    private BodyReader started(Duration within, long declared) {
        return started(within, declared, timer);
    }

    private BodyReader started(Duration within, long declared, ScheduledExecutorService scheduler) {
        BodyBudget.Share share = budget.open();
        BodyReader reader = new BodyReader(
                new GrowingBody(declared, 1000, share),
                share,
                (body, q, s, chain) -> receive(body, q),
                scheduler,
                false);
        reader.start(request, new Three(), within);
        return reader;
    }

    @Test
    void lastByteAndDeadlineAndFaultAtOnce_sendTheRequestRoundOnce() throws Exception {
        for (int i = 1; i <= 500; i++) {
            BodyReader reader = started(Duration.ofMinutes(1), 3);
            reader.onDataAvailable();
            CyclicBarrier barrier = new CyclicBarrier(3);
            List<Thread> threads = new ArrayList<>();
            for (Runnable end : List.<Runnable>of(
                    reader::onAllDataRead,
                    () -> reader.onTimeout(null),
                    () -> reader.onError(new java.io.IOException()))) {
                Thread thread = new Thread(() -> {
                    try {
                        barrier.await();
                    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                    end.run();
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(i, dispatches.get());
            reader.resume(request, null, null);
            assertEquals(i, received.size());
            assertEquals(0, budget.held());
        }
    }

    /** As Payara does when the last bytes arrive while nobody is asked. */
    @Test
    void endThatIsToldBeforeAllIsRead_losesNothing() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 3);
        reader.onAllDataRead();
        reader.resume(request, null, null);
        assertEquals(3, received.get(0).bytes().length);
        assertEquals(1, dispatches.get());
    }

    @Test
    void deadline_comesByItself() throws Exception {
        BodyReader reader = started(Duration.ofMillis(50), 10);
        reader.onDataAvailable();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (dispatches.get() == 0) {
            assertTrue(System.nanoTime() < end);
            Thread.onSpinWait();
        }
        reader.onAllDataRead();
        reader.resume(request, null, null);
        assertEquals(Reason.BODY_TOO_SLOW, received.get(0).reason().orElseThrow());
        assertEquals(1, dispatches.get());
    }

    /** The timer's thread may be through before the one that asked it goes on. */
    @Test
    void deadlineThatIsOverBeforeItIsSet_sendsTheRequestRound() throws Exception {
        List<Boolean> cancelled = new ArrayList<>();
        ScheduledExecutorService quick = fake(ScheduledExecutorService.class, (self, method, args) -> {
            ((Runnable) args[0]).run();
            return fake(
                    ScheduledFuture.class,
                    (future, called, none) -> cancelled.add(called.getName().equals("cancel")));
        });
        BodyReader reader = started(Duration.ZERO, 10, quick);
        reader.resume(request, null, null);
        assertEquals(Reason.BODY_TOO_SLOW, received.get(0).reason().orElseThrow());
        assertEquals(1, dispatches.get());
        assertEquals(0, budget.held());
        assertEquals(List.of(true), cancelled);
    }

    @Test
    void errorBeforeTheDeadlineIsSet_sendsTheRequestRoundAndLeavesNoDeadline() throws Exception {
        fails = true;
        BodyReader reader = started(Duration.ofMinutes(1), 10);
        assertEquals(1, dispatches.get());
        reader.resume(request, null, null);
        assertEquals(Reason.BODY_TRUNCATED, received.get(0).reason().orElseThrow());
        assertTrue(timer.shutdownNow().stream().allMatch(task -> ((Future<?>) task).isCancelled()));
    }

    @Test
    void requestThatIsOver_holdsNothing() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 3);
        reader.onDataAvailable();
        assertTrue(budget.held() > 0);
        ended = true;
        reader.onAllDataRead();
        assertEquals(0, budget.held());
    }

    @Test
    void requestThatTheContainerEnds_holdsNothing() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 10);
        reader.onDataAvailable();
        reader.onComplete(null);
        assertEquals(0, budget.held());
    }

    @Test
    void requestThatTheContainerEnds_isNotSentRound() throws Exception {
        BodyReader reader = startedWhereTheContainerMustReturnFirst();
        reader.onAllDataRead();
        reader.onComplete(null);
        within = false;
        Thread.sleep(100);
        assertEquals(0, dispatches.get());
    }

    /** Should it come round all the same, it is not as if nobody had put it aside. */
    @Test
    void requestThatCannotBePutAside_hasNoBody() throws Exception {
        refusesAsync = true;
        assertThrows(IllegalStateException.class, () -> started(Duration.ofMinutes(1), 10));
        BodyReader.of(request).resume(request, null, null);
        assertEquals(Reason.BODY_TRUNCATED, received.get(0).reason().orElseThrow());
    }

    @Test
    void requestThatSomebodyElseSendsRound_hasNoBody() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 10);
        reader.onDataAvailable();
        reader.resume(request, null, null);
        assertEquals(Reason.BODY_TRUNCATED, received.get(0).reason().orElseThrow());
        reader.onAllDataRead();
        assertEquals(0, dispatches.get());
        assertEquals(0, budget.held());
    }

    @Test
    void dispatchThatTheContainerRepeats_reachesNobody() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 3);
        reader.onAllDataRead();
        reader.resume(request, null, null);
        reader.resume(request, null, (q, s) -> fail("not verified for anybody"));
        assertEquals(1, received.size());
    }

    /** The container ends the request when one of them returns. */
    @Test
    void dispatchThatTheContainerRepeats_waitsForTheEndOfTheFirst() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 3);
        reader.onAllDataRead();
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        handling = q -> {
            atWork.countDown();
            await(end);
        };
        Future<?> first = timer.submit(() -> {
            reader.resume(request, null, null);
            return null;
        });
        await(atWork);
        Thread repeated = new Thread(() -> {
            try {
                reader.resume(request, null, (q, s) -> received.clear());
            } catch (IOException | ServletException e) {
                throw new IllegalStateException(e);
            }
        });
        repeated.start();
        repeated.join(300);
        assertTrue(repeated.isAlive());
        end.countDown();
        first.get(10, TimeUnit.SECONDS);
        repeated.join(10_000);
        assertFalse(repeated.isAlive());
        assertEquals(1, received.size());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dispatchOfAHandlerThatIsAsynchronousItself_goesOn() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 3);
        reader.onAllDataRead();
        handling = HttpServletRequest::startAsync;
        reader.resume(request, null, null);
        AtomicInteger reached = new AtomicInteger();
        reader.resume(request, null, (q, s) -> reached.incrementAndGet());
        assertEquals(1, reached.get());
        assertEquals(1, received.size());
    }

    @Test
    void dispatchOfAnAsynchronousHandlerOnAnInterruptedThread_goesOn() throws Exception {
        BodyReader reader = started(Duration.ofMinutes(1), 3);
        reader.onAllDataRead();
        handling = HttpServletRequest::startAsync;
        reader.resume(request, null, null);
        AtomicInteger reached = new AtomicInteger();
        Thread.currentThread().interrupt();
        reader.resume(request, null, (q, s) -> reached.incrementAndGet());
        assertTrue(Thread.interrupted());
        assertEquals(1, reached.get());
    }

    private BodyReader startedWhereTheContainerMustReturnFirst() {
        BodyBudget.Share share = budget.open();
        BodyReader reader = new BodyReader(
                new GrowingBody(3, 1000, share), share, (body, q, s, chain) -> receive(body, q), timer, true);
        reader.start(request, new Three(), Duration.ofMinutes(1));
        return reader;
    }

    @Test
    void whereTheContainerMustReturnFirst_itsTimeOutSendsAtOnceWhatWasNotTaken() throws Exception {
        BodyReader reader = startedWhereTheContainerMustReturnFirst();
        reader.onAllDataRead();
        reader.onTimeout(null);
        assertEquals(1, dispatches.get());
        reader.resume(request, null, null);
        assertTrue(received.get(0).reason().isEmpty(), "it is there");
        reader.onTimeout(null);
        Thread.sleep(100);
        assertEquals(1, dispatches.get());
    }

    @Test
    void whereTheContainerMustReturnFirst_nothingIsSentRoundBefore() throws Exception {
        BodyReader reader = startedWhereTheContainerMustReturnFirst();
        reader.onAllDataRead();
        Thread.sleep(200);
        assertEquals(0, dispatches.get());
        within = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (dispatches.get() == 0) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(1);
        }
        Thread.sleep(50);
        assertEquals(1, dispatches.get());
    }
}
