package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastingConnectionTest {

    private final DataSource database = Databases.h2();
    private final List<Connection> opened = new ArrayList<>();
    private final Silence silence = new Silence();
    private Connection lasting;

    @BeforeEach
    void open() throws SQLException {
        lasting = LastingConnection.over(
                () -> {
                    Connection next = database.getConnection();
                    opened.add(next);
                    return next;
                },
                silence);
        run("create table t (n integer)");
    }

    @Test
    void brokenAtRest_isReplaced() throws SQLException {
        breakIt();
        run("insert into t values (1)");
        assertEquals(1, rows());
        assertEquals(2, opened.size());
        assertFalse(lasting.isClosed());
        breakIt();
        assertTrue(lasting.isValid(1));
        assertEquals(3, opened.size());
    }

    @Test
    void sound_isKept() throws SQLException {
        lasting.setAutoCommit(false);
        run("insert into t values (1)");
        lasting.commit();
        run("insert into t values (2)");
        lasting.rollback();
        assertEquals(1, rows());
        assertEquals(1, opened.size());
    }

    @Test
    void brokenInsideATransaction_losesItWholeAndSaysSo() throws SQLException {
        lasting.setAutoCommit(false);
        run("insert into t values (1)");
        breakIt();
        assertThrows(SQLException.class, () -> run("insert into t values (2)"));
        assertThrows(SQLException.class, () -> lasting.commit());
        assertEquals(1, opened.size());
        lasting.rollback();
        assertEquals(0, rows());
    }

    @Test
    void brokenUnderAnOpenStatement_isNotReplaced() throws SQLException {
        lasting.setAutoCommit(false);
        try (PreparedStatement open = lasting.prepareStatement("insert into t values (1)")) {
            lasting.commit();
            open.executeUpdate();
            breakIt();
            assertThrows(SQLException.class, () -> run("insert into t values (2)"));
        }
        assertEquals(1, opened.size());
    }

    /** WildFly asks once, and then takes it for granted. */
    @Test
    void transactionBegunOnABrokenOne_isATransactionOfTheNext() throws SQLException {
        breakIt();
        lasting.setAutoCommit(false);
        assertFalse(lasting.getAutoCommit());
        run("insert into t values (1)");
        lasting.rollback();
        assertEquals(0, rows());
    }

    @Test
    void isolation_isThatOfTheOneBefore() throws SQLException {
        lasting.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        breakIt();
        assertEquals(Connection.TRANSACTION_SERIALIZABLE, lasting.getTransactionIsolation());
        assertEquals(2, opened.size());
    }

    @Test
    void clientInfoOfABrokenOne_isForgottenWithIt() throws SQLException {
        breakIt();
        lasting.setClientInfo(new Properties());
        assertEquals(1, opened.size());
    }

    @Test
    void closed_isNotOpenedAgain() throws SQLException {
        lasting.close();
        assertTrue(lasting.isClosed());
        assertFalse(lasting.isValid(1));
        assertThrows(SQLException.class, () -> lasting.createStatement());
        assertEquals(1, opened.size());
    }

    @Test
    void silentDatabase_isNotAskedForAnother() throws SQLException {
        List<Object> silent = new ArrayList<>();
        Connection waits = LastingConnection.over(
                () -> {
                    Object connection = Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("isValid")) {
                                    Thread.sleep(1000L * (int) arguments[0]);
                                    return false;
                                }
                                return method.getReturnType() == boolean.class ? false : null;
                            });
                    silent.add(connection);
                    return (Connection) connection;
                },
                silence);
        waits.rollback();
        assertThrows(SQLException.class, () -> waits.createStatement());
        assertEquals(1, silent.size());
    }

    @Test
    void threadThatWaitedForAStatement_isNotMadeToWaitForTheNextConnection() throws Exception {
        Connection other = LastingConnection.over(database::getConnection, silence);
        other.rollback(); // which makes it one to be asked first
        try (Statement waits = lasting.createStatement()) {
            Thread.sleep(1_200);
            breakIt(); // as a driver does at its time-out
        }
        lasting.rollback();
        assertThrows(SQLException.class, () -> lasting.createStatement());
        assertThrows(SQLException.class, () -> other.createStatement());
        assertEquals(1, opened.size());
        // Nobody else is concerned, and nor is the thread a second later.
        CompletableFuture.runAsync(
                        () -> assertDoesNotThrow(() -> other.createStatement().close()))
                .get();
        Thread.sleep(1_100);
        lasting.createStatement().close();
        assertEquals(2, opened.size());
    }

    @Test
    void failureToReplace_isNotRepeatedForASecond() throws Exception {
        int[] asked = {0};
        Connection gone = LastingConnection.over(
                () -> {
                    if (asked[0]++ == 1) {
                        throw new SQLException("no", "08001");
                    }
                    Connection next = database.getConnection();
                    opened.add(next);
                    return next;
                },
                silence);
        breakIt();
        assertThrows(SQLException.class, () -> gone.createStatement());
        assertThrows(SQLException.class, () -> gone.clearWarnings());
        assertEquals(2, asked[0]);
        Thread.sleep(1100);
        gone.createStatement().close();
        assertEquals(3, asked[0]);
    }

    /** As a driver does that lost its database. */
    private void breakIt() throws SQLException {
        opened.get(opened.size() - 1).close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = lasting.createStatement()) {
            statement.execute(sql);
        }
    }

    private int rows() throws SQLException {
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from t")) {
            count.next();
            return count.getInt(1);
        }
    }
}
