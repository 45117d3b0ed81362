package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.verifiedwebhook.BodyBudget;
import org.verifiedwebhook.sender.Reason;

/**
 * Receives one body without a thread that waits for it. Whatever ends it first (the last byte, a fault, the deadline, the
 * container) decides alone, and sends the request round again, to {@link ResumeFilter}.
 */
final class BodyReader implements ReadListener, AsyncListener {

    private static final String ATTRIBUTE = BodyReader.class.getName();
    /** Payara may say that all is read before it hands all out: asked again so many times, after so many milliseconds. */
    private static final int ASKED_AGAIN = 50;

    private static final long ASKED_AFTER = 20;

    /** How much later than our deadline the container's comes: only if our timer is dead. */
    private static final Duration BACKSTOP = Duration.ofSeconds(30);

    private final GrowingBody body;
    private final BodyBudget.Share share;
    private final BodyReading.Handler handler;
    private final ScheduledExecutorService timer;
    private final Round round;
    private final AtomicReference<ReceivedBody> outcome = new AtomicReference<>();
    /** Payara tells the end on one thread while another still reads. */
    private final Object reading = new Object();

    private ServletInputStream in;
    private int asked;
    private volatile Future<?> deadline;

    /** @param afterReturn whether the container must return before the request is sent round, as {@link Round} says */
    BodyReader(
            GrowingBody body,
            BodyBudget.Share share,
            BodyReading.Handler handler,
            ScheduledExecutorService timer,
            boolean afterReturn) {
        this.body = body;
        this.share = share;
        this.handler = handler;
        this.timer = timer;
        this.round = new Round(timer, afterReturn, share::close);
    }

    /** The reader that {@code request} was put aside by; null if none did. */
    static BodyReader of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BodyReader reader ? reader : null;
    }

    /** Puts the request aside until its body is there or will not be. */
    void start(HttpServletRequest request, ServletInputStream stream, Duration within) {
        in = stream;
        long timeout = within.plus(BACKSTOP).toMillis();
        // First: whoever sends it round from now on meets this reader.
        request.setAttribute(ATTRIBUTE, this);
        // Without arguments: only so does Payara send the request round again properly.
        AsyncContext async = request.startAsync();
        round.begin(async, timeout);
        async.addListener(this);
        async.setTimeout(timeout);
        // Payara's own timeout comes three times late.
        deadline = timer.schedule(() -> fail(Reason.BODY_TOO_SLOW), within.toMillis(), TimeUnit.MILLISECONDS);
        if (outcome.get() != null) {
            // Whatever ended it so early did not know the deadline yet.
            cancelDeadline();
            return;
        }
        try {
            stream.setReadListener(this);
        } catch (IllegalStateException e) {
            fail(Reason.BODY_CONSUMED);
        }
    }

    /** Goes on where the request was put aside; whoever sends it round a second time goes nowhere. */
    void resume(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ResumedRequest own = new ResumedRequest(request);
        if (!round.take()) {
            if (round.awaitHandlersOwn()) {
                chain.doFilter(request, response);
            }
            return;
        }
        try {
            // If somebody else sent it round, the body is not whole.
            decide(Reason.BODY_TRUNCATED);
            BodyReading.handle(handler, outcome.get(), own, response, chain);
        } finally {
            round.through(own.hasStarted());
        }
    }

    /** @return whether this decided, and nothing before */
    private boolean decide(Reason reason) {
        if (!outcome.compareAndSet(null, ReceivedBody.failed(reason))) {
            return false;
        }
        share.close();
        cancelDeadline();
        return true;
    }

    private void cancelDeadline() {
        Future<?> known = deadline;
        if (known != null) {
            known.cancel(false);
        }
    }

    private void fail(Reason reason) {
        if (decide(reason)) {
            round.send();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        try {
            // Exactly this loop: on Payara isFinished() is true as soon as all has arrived, read or not.
            synchronized (reading) {
                while (outcome.get() == null && in.isReady()) {
                    if (body.readOnce(in) < 0) {
                        return;
                    }
                }
            }
        } catch (BodyException e) {
            fail(e.reason());
        }
    }

    @Override
    public void onAllDataRead() {
        try {
            byte[] whole;
            synchronized (reading) {
                if (outcome.get() != null) {
                    return;
                }
                body.readAvailable(in);
                if (body.lacksDeclared() && asked++ < ASKED_AGAIN) {
                    Future<?> unused = timer.schedule(this::onAllDataRead, ASKED_AFTER, TimeUnit.MILLISECONDS);
                    return;
                }
                whole = body.whole();
            }
            if (outcome.compareAndSet(null, ReceivedBody.whole(whole, share))) {
                cancelDeadline();
                round.send();
            }
        } catch (BodyException e) {
            fail(e.reason());
        } catch (IOException | RejectedExecutionException e) {
            fail(Reason.BODY_TRUNCATED);
        }
    }

    @Override
    public void onError(Throwable failure) {
        fail(Reason.BODY_TRUNCATED);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        if (!round.waitsForReturn()) {
            fail(Reason.BODY_TOO_SLOW);
            return;
        }
        decide(Reason.BODY_TOO_SLOW);
        round.sendNow();
    }

    @Override
    public void onError(AsyncEvent event) {
        fail(Reason.BODY_TRUNCATED);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        round.complete();
        if (!round.isTaken()) {
            // The container gave the request up.
            decide(Reason.BODY_TRUNCATED);
            share.close();
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The handler's own cycle is no business of ours.
    }
}
