package org.verifiedwebhook.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the requests that are under way when their application ends come to their end before its listeners go, on Undertow,
 * which tells nobody of their end afterwards. Servlets are destroyed before; what keeps an earlier application out of memory
 * is that the server is suspended, as the script for WildFly does. (Tomcat does not tell an application that ends of the end
 * of its requests, so that this would wait in vain there.)
 */
final class Drain implements ServletRequestListener, ServletContextListener {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final String UNDERTOW = "io.undertow.";
    private static final long POLL_MILLIS = 10;

    private final Duration patience;
    /** Of this application: a request may pass through several. */
    private final String counted = Drain.class.getName() + "." + System.identityHashCode(this);

    private final AtomicInteger underWay = new AtomicInteger();

    /** Puts one up where it is needed. */
    static void install(ServletContext context, Duration patience) {
        if (context.getClass().getName().startsWith(UNDERTOW)) {
            context.addListener(new Drain(patience));
        }
    }

    /** @param patience how long an application waits for its requests */
    Drain(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(counted) == null) {
            event.getServletRequest().setAttribute(counted, true);
            underWay.incrementAndGet();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        // WildFly also tells of the end of what it never told the beginning of.
        if (event.getServletRequest().getAttribute(counted) != null) {
            event.getServletRequest().removeAttribute(counted);
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
                    "the application at {0}/ ends below {1} requests that are still under way after {2}",
                    event.getServletContext().getContextPath(),
                    left,
                    patience);
        }
    }
}
