package org.verifiedwebhook.sample.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseFailureMapperTest {

    @ParameterizedTest
    @CsvSource({"08006", "08001", "53300", "57P01", "57014"})
    void databaseThatIsGone_isUnavailable(String state) {
        assertTrue(DatabaseFailureMapper.isUnavailable(failure(new SQLException("no", state))));
    }

    @Test
    void poolWithoutAFreeConnection_isUnavailable() {
        assertTrue(DatabaseFailureMapper.isUnavailable(failure(new SQLException("no connection"))));
    }

    @ParameterizedTest
    @CsvSource({"23505", "22001", "42P01"})
    void wrongStatement_isAFault(String state) {
        assertFalse(DatabaseFailureMapper.isUnavailable(failure(new SQLException("wrong", state))));
        assertFalse(DatabaseFailureMapper.isUnavailable(new PersistenceException("of the provider itself")));
    }

    private static PersistenceException failure(SQLException cause) {
        return new PersistenceException(new IllegalStateException(cause));
    }
}
