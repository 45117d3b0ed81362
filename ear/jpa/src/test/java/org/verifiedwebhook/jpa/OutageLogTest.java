package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.eclipse.persistence.internal.sessions.DatabaseSessionImpl;
import org.eclipse.persistence.logging.DefaultSessionLog;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.logging.SessionLogEntry;
import org.eclipse.persistence.sessions.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    /** Held, or its handler would be collected with it. */
    private static final Logger OURS = Logger.getLogger("org.verifiedwebhook");

    private final StringWriter written = new StringWriter();
    private final List<String> told = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing to do.
        }

        @Override
        public void close() {
            // Nothing to do.
        }
    };

    @BeforeEach
    void listen() {
        OURS.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        OURS.removeHandler(handler);
    }

    private int lines() {
        return written.toString().split("\\[EL Warning\\]", -1).length - 1;
    }

    private SessionLog over(SessionLog log) {
        DatabaseSessionImpl session = new DatabaseSessionImpl();
        session.setSessionLog(log);
        OutageLog.install(session, nanos::get);
        return session.getSessionLog();
    }

    private SessionLog log() {
        SessionLog log = new DefaultSessionLog(written);
        log.setLevel(SessionLog.WARNING);
        return over(log);
    }

    private static void write(SessionLog log, SQLException cause) {
        log.log(new SessionLogEntry(null, SessionLog.WARNING, null, DatabaseException.sqlException(cause)));
    }

    private void pass(long seconds) {
        nanos.addAndGet(seconds * 1_000_000_000L);
    }

    @Test
    void failuresToReachTheDatabase_areOneAMinuteAndANumber() {
        SessionLog log = log();
        for (int i = 0; i < 100; i++) {
            write(log, new SQLException("gone", "08006"));
            write(log, new SQLException("shut down", "57P01"));
        }
        assertEquals(2, lines());
        pass(59);
        write(log, new SQLException("gone", "08006"));
        assertEquals(2, lines());
        assertEquals(List.of(), told);
        pass(1);
        write(log, new SQLException("gone", "08006"));
        assertEquals(3, lines());
        assertEquals(2, told.size());
        assertTrue(told.get(0).contains("state=08006 lines=100") || told.get(1).contains("state=08006 lines=100"));
        assertTrue(told.get(0).contains("state=57P01 lines=99") || told.get(1).contains("state=57P01 lines=99"));
    }

    @Test
    void number_isToldWithTheNextStatementWhenTheDatabaseIsBack() {
        SessionLog log = log();
        write(log, new SQLException("gone", "08006"));
        write(log, new SQLException("gone", "08006"));
        pass(60);
        assertFalse(log.shouldLog(SessionLog.FINE, SessionLog.SQL));
        assertEquals(1, told.size());
        pass(60);
        assertFalse(log.shouldLog(SessionLog.FINE, SessionLog.SQL));
        assertEquals(1, told.size());
    }

    @Test
    void everyWayNotToReachIt_isBounded() {
        List<SQLException> failures = List.of(
                new SQLNonTransientConnectionException("closed", "90067"),
                new SQLTimeoutException("slow", "HYT00"),
                new SQLException("canceled", "57014"),
                new SQLException("too many", "53300"),
                new SQLException("Error in allocating a connection"));
        for (SQLException failure : failures) {
            SessionLog log = log();
            int before = lines();
            write(log, failure);
            log.logThrowable(SessionLog.WARNING, DatabaseException.sqlException(failure));
            log.logThrowable(SessionLog.WARNING, SessionLog.SQL, DatabaseException.sqlException(failure));
            assertEquals(before + 1, lines(), failure.toString());
        }
    }

    @Test
    void otherFailures_areAllWritten() {
        SessionLog log = log();
        for (int i = 0; i < 10; i++) {
            write(log, new SQLException("a key twice", "23505"));
            write(log, new SQLException("no such table", "42P01"));
            log.log(new SessionLogEntry(null, SessionLog.WARNING, null, new IllegalStateException("a defect")));
        }
        assertEquals(30, lines());
        log.log(SessionLog.WARNING, "a line");
        assertTrue(written.toString().contains("a line"));
    }

    @Test
    void whatTheLogSaysOfItself_isPassedOn() {
        SessionLog plain = new DefaultSessionLog(written);
        SessionLog log = over(plain);
        log.setLevel(SessionLog.CONFIG);
        assertEquals(SessionLog.CONFIG, plain.getLevel());
        plain.setShouldDisplayData(false);
        assertFalse(log.shouldDisplayData());
        plain.setShouldDisplayData(true);
        assertTrue(log.shouldDisplayData());
    }

    /** Fifty statements of a unit whose database is away; how many lines with an exception that made. */
    private int linesOfAnOutage(Map<String, Object> properties) {
        AtomicBoolean away = new AtomicBoolean();
        DataSource h2 = Databases.h2();
        DataSource dataSource = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get() && method.getName().equals("getConnection")) {
                        throw new SQLException("connection refused", "08001");
                    }
                    return method.invoke(h2, arguments);
                });
        Map<String, Object> all = new HashMap<>(properties);
        all.put("jakarta.persistence.provider", Databases.ECLIPSELINK);
        all.put("jakarta.persistence.nonJtaDataSource", dataSource);
        all.put("eclipselink.logging.level", "WARNING");
        try (EntityManagerFactory unit = Persistence.createEntityManagerFactory("webhook", all)) {
            try (EntityManager entities = unit.createEntityManager()) {
                assertEquals(1, ask(entities));
                entities.unwrap(Session.class).getSessionLog().setWriter(written);
            }
            int before = lines();
            away.set(true);
            for (int i = 0; i < 50; i++) {
                try (EntityManager entities = unit.createEntityManager()) {
                    assertThrows(PersistenceException.class, () -> ask(entities));
                }
            }
            return lines() - before;
        }
    }

    private static int ask(EntityManager entities) {
        return ((Number) entities.createNativeQuery("select 1").getSingleResult()).intValue();
    }

    @Test
    void unitWithTheCustomizer_writesAnOutageOnceAndTellsTheRestAtItsEnd() {
        assertEquals(
                1, linesOfAnOutage(Map.of("eclipselink.session.customizer", EclipseLinkConnections.class.getName())));
        assertTrue(
                told.get(0).matches(".*what=\"EclipseLink did not reach the database\" state=08001 lines=(49|99)"),
                told.toString());
    }

    @Test
    void unitWithout_writesEachStatement() {
        int lines = linesOfAnOutage(Map.of("eclipselink.session.customizer", NoRetries.class.getName()));
        assertTrue(lines >= 50, "the control: " + lines);
    }

    /** As ours, which otherwise would take minutes. */
    public static final class NoRetries implements SessionCustomizer {
        @Override
        public void customize(Session session) {
            session.getLogin().setQueryRetryAttemptCount(0);
            session.getLogin().setConnectionHealthValidatedOnError(false);
        }
    }
}
