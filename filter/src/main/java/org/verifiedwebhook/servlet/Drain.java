package org.verifiedwebhook.servlet;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the requests that are under way when their application ends come to their end before it. WildFly takes beans and
 * listeners away below them otherwise: their answers become failures, and what its CDI has put on their threads is never
 * taken off again, which keeps the whole application in memory.
 */
final class Drain implements ServletRequestListener, ServletContextListener {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final String COUNTED = Drain.class.getName();
    private static final long POLL_MILLIS = 10;

    private final Duration patience;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param patience how long an application waits for its requests */
    Drain(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(COUNTED) == null) {
            event.getServletRequest().setAttribute(COUNTED, true);
            underWay.incrementAndGet();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        // WildFly also tells of the end of what it never told the beginning of.
        if (event.getServletRequest().getAttribute(COUNTED) != null) {
            event.getServletRequest().removeAttribute(COUNTED);
            underWay.decrementAndGet();
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (underWay.get() > 0 && System.nanoTime() < end) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = underWay.get();
        if (left > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} ends below {1} requests that are still under way after {2}; their senders send again",
                    event.getServletContext().getContextPath(),
                    left,
                    patience);
        }
    }
}
