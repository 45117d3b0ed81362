package org.verifiedwebhook.jpa;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.logging.SessionLogEntry;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;

/**
 * EclipseLink's log without the floods: it writes each failed statement with its stack trace, whatever levels are set by
 * category, which made megabytes of a short outage. Of those that did not reach the database one of each SQL state is
 * written a minute, and the number of the others. All else is written as before, and the caller has the exception anyway.
 *
 * <p>A proxy, so that what is said of levels and data that may be shown remains the log's.
 */
final class OutageLog implements InvocationHandler {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final SessionLog log;
    private final LongSupplier nanos;
    private final Map<String, Kind> kinds = new HashMap<>();
    /** So that nobody waits for another while all is well. */
    private volatile boolean anyKinds;

    private OutageLog(SessionLog log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /**
     * Puts itself over the log of a session.
     *
     * @param nanos a time that never goes back
     */
    static void install(Session session, LongSupplier nanos) {
        OutageLog over = new OutageLog(session.getSessionLog(), nanos);
        session.setSessionLog((SessionLog)
                Proxy.newProxyInstance(OutageLog.class.getClassLoader(), new Class<?>[] {SessionLog.class}, over));
        session.getEventManager().addListener(new SessionEventAdapter() {
            @Override
            public void preLogout(SessionEvent event) {
                over.tell(kind -> true);
            }
        });
    }

    /** What is counted together. */
    private static final class Kind {
        private long since;
        private long leftOut;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        // Asked for each statement, so that the number is told when the database is back.
        if (anyKinds) {
            long now = nanos.getAsLong();
            tell(kind -> now - kind.since >= MINUTE_NANOS);
        }
        Optional<String> state = failure(arguments).flatMap(OutageLog::unreached);
        if (state.isPresent() && method.getReturnType() == void.class && !admits(state.get())) {
            return null;
        }
        try {
            return method.invoke(log, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Optional<Throwable> failure(Object[] arguments) {
        Object last = arguments == null || arguments.length == 0 ? null : arguments[arguments.length - 1];
        if (last instanceof SessionLogEntry entry) {
            return Optional.ofNullable(entry.getException());
        }
        return last instanceof Throwable failure ? Optional.of(failure) : Optional.empty();
    }

    /** The SQL state of a failure to reach the database; empty if it is another failure. */
    private static Optional<String> unreached(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isUnreached(sql)) {
                return Optional.of(sql.getSQLState() == null ? "none" : sql.getSQLState());
            }
        }
        return Optional.empty();
    }

    /** Connection exceptions, insufficient resources, operator intervention; a server's pool gives no state. */
    private static boolean isUnreached(SQLException e) {
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || e instanceof SQLTimeoutException
                || e.getSQLState() == null
                || e.getSQLState().matches("(08|53|57).*");
    }

    private synchronized boolean admits(String state) {
        Kind kind = kinds.get(state);
        if (kind == null) {
            kind = new Kind();
            kind.since = nanos.getAsLong();
            kinds.put(state, kind);
            anyKinds = true;
            return true;
        }
        kind.leftOut++;
        return false;
    }

    private synchronized void tell(Predicate<Kind> due) {
        kinds.entrySet().removeIf(entry -> {
            if (!due.test(entry.getValue())) {
                return false;
            }
            if (entry.getValue().leftOut > 0) {
                LOG.log(
                        Level.WARNING,
                        "webhook unlogged what=\"EclipseLink did not reach the database\" state=" + entry.getKey()
                                + " lines=" + entry.getValue().leftOut);
            }
            return true;
        });
        anyKinds = !kinds.isEmpty();
    }
}
