package org.verifiedwebhook.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.verifiedwebhook.BodyBudget;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.sender.Reason;

/**
 * Receives the bodies of one application's webhooks: all within one memory budget, each within its deadline, and without a
 * thread that waits wherever the container and the filters before this one allow it. Where they do not, few requests may
 * wait at a time.
 */
public final class BodyReading {

    /** The attribute of the context with a {@link Filter} that every asynchronous dispatch is to run in. */
    public static final String AROUND = BodyReading.class.getName() + ".around";

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final String INSTALLED = BodyReading.class.getName() + ".installed";
    /** How many requests may wait for their bodies, each on a thread. */
    private static final int WAITING = 8;
    /** How long a request waits for its turn to wait, in milliseconds. */
    private static final long PATIENCE = 500;
    /** Declared bodies up to this length, in bytes, are put aside on every server. */
    private static final int SMALL = 1 << 16;

    private final BodyBudget budget;
    private final boolean installed;
    private final boolean blocking;
    /**
     * Of a thousand genuine bodies of a mebibyte that were put aside, Payara answered some by 400 or not at all. And of some
     * 3,000 requests one was not even looked at that came over a connection on which another had been put aside before.
     */
    private final boolean payara;

    private final Semaphore waiting = new Semaphore(WAITING, true);
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private int users;

    private BodyReading(ServletContext context, WebhookGate gate) {
        this.budget = gate.bodyBudget();
        gate.counters().bodiesHeld(budget::held);
        this.blocking = gate.readsBlocking();
        this.installed = context.getAttribute(INSTALLED) != null;
        this.payara = String.valueOf(context.getServerInfo()).contains("Payara");
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "verified-webhook-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** What becomes of a request when its body has been received, or will not be. */
    public interface Handler {
        /** Goes on, with the request, the response and the chain as they are now. */
        void received(ReceivedBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException;
    }

    /**
     * What a body is bound to.
     *
     * @param max its longest length in bytes
     * @param within how long it may take to arrive
     * @param aside whether its request may be put aside meanwhile, so that filters of requests only do not meet it again
     */
    public record Bounds(int max, Duration within, boolean aside) {
        /** Of a request that may be put aside. */
        public Bounds(int max, Duration within) {
            this(max, within, true);
        }
    }

    /** Puts up the filter that takes requests up again; once, while the application starts. */
    public static void install(ServletContext context) {
        if (context.getAttribute(INSTALLED) != null) {
            return;
        }
        FilterRegistration.Dynamic resume = context.addFilter(ResumeFilter.class.getName(), new ResumeFilter());
        if (resume == null) {
            return;
        }
        resume.setAsyncSupported(true);
        resume.addMappingForUrlPatterns(EnumSet.of(DispatcherType.ASYNC), false, "/*");
        context.setAttribute(INSTALLED, true);
    }

    /**
     * The one of an application; {@link #release} it. The first doorway's gate says how much memory there is, which is the
     * application's gate if it has one for all. The budget is in the context's attribute of its class's name.
     *
     * @throws IllegalArgumentException if a setting is wrong
     */
    public static BodyReading in(ServletContext context, WebhookGate gate) {
        synchronized (BodyReading.class) {
            BodyReading reading = context.getAttribute(BodyReading.class.getName()) instanceof BodyReading known
                    ? known
                    : new BodyReading(context, gate);
            reading.users++;
            context.setAttribute(BodyReading.class.getName(), reading);
            context.setAttribute(BodyBudget.class.getName(), reading.budget);
            return reading;
        }
    }

    /** Ends the use of it in {@code context}; the last one ends its thread. */
    public void release(ServletContext context) {
        synchronized (BodyReading.class) {
            users--;
            if (users == 0) {
                timer.shutdownNow();
                context.removeAttribute(BodyReading.class.getName());
            }
        }
    }

    /** Receives the body of {@code request} and goes on with {@code handler}, now or in a later dispatch. */
    public void receive(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, Bounds bounds, Handler handler)
            throws IOException, ServletException {
        BodyBudget.Share share = budget.open();
        GrowingBody body = new GrowingBody(request.getContentLengthLong(), bounds.max(), share);
        ReceivedBody received;
        try {
            ServletInputStream in = stream(request, bounds.max());
            if (isEmpty(request, in)) {
                received = ReceivedBody.untouched();
            } else {
                body.readAvailable(in);
                boolean there = body.complete() || isAtEnd(in);
                if (!there && canWaitAside(request, response, bounds)) {
                    if (payara) {
                        response.setHeader("Connection", "close");
                    }
                    new BodyReader(body, share, handler, timer, payara).start(request, in, bounds.within());
                    return;
                }
                received = ReceivedBody.whole(there ? body.whole() : waitFor(body, in, bounds.within()), share);
            }
        } catch (BodyException e) {
            share.close();
            received = ReceivedBody.failed(e.reason());
        } catch (IOException e) {
            share.close();
            received = ReceivedBody.failed(Reason.BODY_TRUNCATED);
        } catch (RuntimeException | Error e) {
            share.close();
            throw e;
        }
        handle(handler, received, request, response, chain);
    }

    /** Goes on with {@code handler} and without the body: its address sends too many requests to read it. */
    public static void leaveUnread(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, Handler handler)
            throws IOException, ServletException {
        handle(handler, ReceivedBody.failed(Reason.RATE_LIMITED), request, response, chain);
    }

    static void handle(
            Handler handler,
            ReceivedBody body,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        try {
            handler.received(body, request, response, chain);
        } finally {
            body.handled();
        }
    }

    private static ServletInputStream stream(HttpServletRequest request, int max) throws IOException, BodyException {
        if (request.getContentLengthLong() > max) {
            throw new BodyException(Reason.BODY_TOO_LARGE);
        }
        try {
            return request.getInputStream();
        } catch (IllegalStateException e) {
            // A filter before this one took the reader.
            throw new BodyException(Reason.BODY_CONSUMED);
        }
    }

    private static boolean isEmpty(HttpServletRequest request, ServletInputStream in) throws IOException {
        return ServletRequests.hasNoBody(request) || isAtEnd(in);
    }

    /** Whether there is nothing more to come. WildFly never says so to a listener that comes later. */
    private static boolean isAtEnd(ServletInputStream in) throws IOException {
        // On Payara a stream is finished when all has arrived, so there must be nothing at hand either.
        return in.isFinished() && in.available() <= 0;
    }

    /** Whether the request can be sent round again without anybody losing anything by it. */
    private boolean canWaitAside(HttpServletRequest request, HttpServletResponse response, Bounds bounds) {
        if (payara && request.getContentLengthLong() > SMALL) {
            return false;
        }
        if (blocking || request.getDispatcherType() != DispatcherType.REQUEST || request.isAsyncStarted()) {
            return false;
        }
        if (!bounds.aside()) {
            return cannot(
                    "another webhook filter, for another sender, is mapped to some of the same paths and might be passed"
                            + " by",
                    "map webhook filters to paths that do not overlap");
        }
        if (!installed) {
            return cannot(
                    "this container runs no ServletContainerInitializer of the library", "let it scan the library");
        }
        if (!ServletRequests.isConnectionOfItsOwn(request)) {
            // WildFly never says that such a body is at its end if it was before anybody listened.
            return cannot("they come over HTTP/2", "let the proxy speak HTTP/1.1 to this server");
        }
        if (!request.isAsyncSupported()) {
            return cannot(
                    "a filter or the servlet is not asynchronous",
                    "set async-supported for the webhook filter, for every filter before it and for the servlet");
        }
        if (request instanceof ServletRequestWrapper || response instanceof ServletResponseWrapper) {
            return cannot(
                    "a filter before this one wraps the request or the response",
                    "map the webhook filter before it, or leave webhook paths out of its mapping");
        }
        return true;
    }

    private boolean cannot(String why, String cure) {
        if (said.add(why)) {
            LOG.log(
                    Level.WARNING,
                    "webhook bodies that are not there at once are waited for on the request's thread, " + WAITING
                            + " at a time, because " + why + ": " + cure);
        }
        return false;
    }

    /**
     * Receives a body on this thread.
     *
     * @param request what the body belongs to
     * @param in its stream, untouched; not closed
     * @return the body; {@link ReceivedBody#reason} says why if it cannot be had
     */
    public ReceivedBody receiveHere(HttpServletRequest request, InputStream in, Bounds bounds) {
        if (ServletRequests.hasNoBody(request)) {
            return ReceivedBody.untouched();
        }
        long declared = request.getContentLengthLong();
        BodyBudget.Share share = budget.open();
        try {
            if (declared > bounds.max()) {
                throw new BodyException(Reason.BODY_TOO_LARGE);
            }
            GrowingBody body = new GrowingBody(declared, bounds.max(), share);
            body.readAvailable(in);
            return ReceivedBody.whole(waitFor(body, in, bounds.within()), share);
        } catch (BodyException e) {
            share.close();
            return ReceivedBody.failed(e.reason());
        } catch (IOException e) {
            share.close();
            return ReceivedBody.failed(Reason.BODY_TRUNCATED);
        } catch (RuntimeException | Error e) {
            share.close();
            throw e;
        }
    }

    private byte[] waitFor(GrowingBody body, InputStream in, Duration within) throws BodyException, IOException {
        if (body.complete()) {
            return body.whole();
        }
        long end = System.nanoTime() + within.toNanos();
        if (!takeTurn()) {
            throw new BodyException(Reason.BUDGET_EXHAUSTED);
        }
        try {
            while (body.readOnce(in) >= 0) {
                // A silent sender is up to the container's own timeout: no thread can be called back from a read.
                if (System.nanoTime() > end) {
                    throw new BodyException(Reason.BODY_TOO_SLOW);
                }
            }
            return body.whole();
        } finally {
            waiting.release();
        }
    }

    private boolean takeTurn() {
        try {
            // Where large bodies always wait on a thread, not even the queue for it may hold threads.
            return payara ? waiting.tryAcquire() : waiting.tryAcquire(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
