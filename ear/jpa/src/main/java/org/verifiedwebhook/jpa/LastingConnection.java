package org.verifiedwebhook.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that a server's pool may keep for ever: one that is broken is replaced at its next use, but never between
 * the first statement of a transaction and its end, so that no work is lost unseen. WildFly keeps broken connections of
 * a data source that an application defines, and such a definition has nowhere to say otherwise.
 *
 * <p>A connection that rested for a second, or was rolled back, is asked first. A database that is silent is an exception,
 * and {@link Silence} spares the thread that met it the next wait.
 */
final class LastingConnection implements InvocationHandler {

    private static final long RESTED_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int PATIENCE_SECONDS = 1;
    /** A connection that was used no longer ago than this, and is broken, broke just now. */
    private static final long JUST_NOW_NANOS = Duration.ofSeconds(5).toNanos();

    /** Opens a connection. */
    @FunctionalInterface
    interface Opening {
        /** Another one at each call. */
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private final Silence silence;
    private final List<Statement> statements = new ArrayList<>();
    private volatile Connection current;
    private volatile boolean closed;
    /** Between the first statement of a transaction and its end. */
    private volatile boolean working;

    private boolean suspect;
    private boolean looked;
    private SQLException failure;
    private long failedAt;
    private long lastUse = System.nanoTime();
    private boolean autoCommit = true;
    private Integer isolation;
    private Boolean readOnly;

    private LastingConnection(Opening opening, Silence silence) throws SQLException {
        this.opening = opening;
        this.silence = silence;
        this.current = silence.open(opening);
    }

    static Connection over(Opening opening, Silence silence) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                LastingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new LastingConnection(opening, silence));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "LastingConnection";
            default -> perform(method, arguments);
        };
    }

    private Object perform(Method method, Object[] arguments) throws Throwable {
        noteSilence();
        return switch (method.getName()) {
            case "isClosed" -> closed;
            case "close", "abort" -> {
                closed = true;
                yield call(method, arguments);
            }
            case "isValid" -> isUsable(method, arguments);
            // Payara puts it back when it closes a connection, and logs a stack trace if that fails.
            case "setClientInfo" -> current.isClosed() ? null : call(method, arguments);
            case "getAutoCommit" -> autoCommit;
            case "setAutoCommit" -> {
                setAutoCommit((boolean) arguments[0]);
                yield null;
            }
            case "commit" -> {
                try {
                    yield call(method, arguments);
                } finally {
                    noteSilence();
                    working = false;
                    lastUse = System.nanoTime();
                }
            }
            case "rollback" -> rollback(method, arguments);
            default -> use(method, arguments);
        };
    }

    private Object use(Method method, Object[] arguments) throws Throwable {
        makeReady();
        Object result = call(method, arguments);
        switch (method.getName()) {
            case "setTransactionIsolation" -> isolation = (Integer) arguments[0];
            case "setReadOnly" -> readOnly = (Boolean) arguments[0];
            default -> {
                if (result instanceof Statement statement) {
                    statements.add(statement);
                    working = !autoCommit;
                }
            }
        }
        return result;
    }

    private boolean isUsable(Method method, Object[] arguments) throws Throwable {
        if (closed || !rests()) {
            return !closed && (boolean) call(method, arguments);
        }
        try {
            makeReady();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Only remembered, if there is nothing to commit: WildFly does not ask a second time after an exception. */
    private void setAutoCommit(boolean wanted) throws SQLException {
        if (working && wanted != autoCommit) {
            current.setAutoCommit(wanted);
            working = false;
        }
        autoCommit = wanted;
    }

    private Object rollback(Method method, Object[] arguments) throws Throwable {
        if (arguments != null) {
            return call(method, arguments); // to a savepoint
        }
        try {
            if (!current.isClosed()) {
                current.rollback();
            }
        } catch (SQLException e) {
            // What a broken connection did, the database undoes.
            if (!current.isClosed()) {
                throw e;
            }
        } finally {
            working = false;
            suspect = true;
        }
        return null;
    }

    /** Whether nothing hangs on the connection: a statement that is still open may belong to a transaction. */
    private boolean rests() throws SQLException {
        for (int i = statements.size() - 1; i >= 0; i--) {
            if (statements.get(i).isClosed()) {
                statements.remove(i);
            }
        }
        return !working && statements.isEmpty();
    }

    private void makeReady() throws SQLException {
        if (closed) {
            throw new SQLNonTransientConnectionException("the connection is closed", Silence.CONNECTION_FAILURE);
        }
        if (rests() && !answers()) {
            current = reopened();
            if (isolation != null) {
                current.setTransactionIsolation(isolation);
            }
            if (readOnly != null) {
                current.setReadOnly(readOnly);
            }
        }
        if (!working && current.getAutoCommit() != autoCommit) {
            current.setAutoCommit(autoCommit);
        }
        lastUse = System.nanoTime();
    }

    /** Fails at once for a second after a failure: who got that still asks for warnings and puts settings back. */
    private Connection reopened() throws SQLException {
        if (failure != null && System.nanoTime() - failedAt < RESTED_NANOS) {
            throw new SQLNonTransientConnectionException(
                    "the database was not reached", Silence.CONNECTION_FAILURE, failure);
        }
        failure = null;
        try {
            Connection next = silence.open(opening);
            looked = false;
            return next;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Once for each connection that its driver has closed: whether that was after a long wait. */
    private void noteSilence() throws SQLException {
        if (!current.isClosed()) {
            return;
        }
        long waited = System.nanoTime() - lastUse;
        if (!looked && waited > Silence.LONG_NANOS && waited < JUST_NOW_NANOS) {
            silence.note();
        }
        looked = true;
    }

    private SQLException failed(SQLException e) {
        failure = e;
        failedAt = System.nanoTime();
        return e;
    }

    private boolean answers() throws SQLException {
        if (current.isClosed()) {
            return false;
        }
        long asked = System.nanoTime();
        if (!suspect && asked - lastUse < RESTED_NANOS) {
            return true;
        }
        silence.refuse();
        suspect = false;
        if (current.isValid(PATIENCE_SECONDS)) {
            return true;
        }
        discard();
        looked = true;
        if (System.nanoTime() - asked > Duration.ofSeconds(PATIENCE_SECONDS).toNanos() / 2) {
            silence.note();
            throw failed(
                    new SQLNonTransientConnectionException("the database does not answer", Silence.CONNECTION_FAILURE));
        }
        return false;
    }

    private void discard() {
        try {
            current.close();
        } catch (SQLException e) {
            // It is broken.
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(current, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
