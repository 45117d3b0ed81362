package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the embedded database stays in proportion to what is in it. */
class H2FileTest {

    private static final int ROWS = 2_000;
    private static final long MEGABYTE = 1_000_000;

    @TempDir
    Path directory;

    private H2File embedded() {
        return new H2File(new H2Location(directory.resolve("webhook")));
    }

    private long size() throws IOException {
        return Files.size(directory.resolve("webhook.mv.db"));
    }

    private static void fill(Connection connection) throws SQLException {
        connection
                .createStatement()
                .execute("create table t (id varchar(40) primary key, state varchar(10), x varchar(99))");
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, 'READY', 'x')");
                PreparedStatement update = connection.prepareStatement("update t set state = 'DONE' where id = ?")) {
            for (int row = 0; row < ROWS; row++) {
                String id = UUID.randomUUID().toString();
                insert.setString(1, id);
                insert.executeUpdate();
                update.setString(1, id);
                update.executeUpdate();
            }
        }
    }

    @Test
    void compactedFile_isSmallAndHoldsAll() throws Exception {
        H2File file = embedded();
        // Open throughout: what is done when a database is closed is not what is tested.
        try (Connection connection = file.dataSource().getConnection()) {
            fill(connection);
            assertTrue(size() > 10 * MEGABYTE, size() + " bytes: the control");
            file.compact();
            assertTrue(size() < 2 * MEGABYTE, size() + " bytes");
            try (ResultSet rows =
                    connection.createStatement().executeQuery("select count(*) from t where state = 'DONE'")) {
                rows.next();
                assertEquals(ROWS, rows.getInt(1));
            }
        }
    }

    @Test
    void compactedFile_keepsWhatIsOverwrittenForAsLongAsBefore() throws Exception {
        H2File file = embedded();
        try (Connection connection = file.dataSource().getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            int before = session.getDatabase().getStore().getMvStore().getRetentionTime();
            assertTrue(before > 0, "the control");
            file.compact();
            assertEquals(before, session.getDatabase().getStore().getMvStore().getRetentionTime());
        }
    }

    @Test
    void databaseOfTheSettings_isFound() throws Exception {
        assertTrue(H2File.of(embedded().dataSource(), new H2Location(directory.resolve("webhook")))
                .isPresent());
    }

    @Test
    void anotherDatabase_isLeftAloneAndNoFileIsMade() throws Exception {
        H2Location settings = new H2Location(directory.resolve("none"));
        for (DataSource other : List.of(embedded().dataSource(), Databases.h2(), Databases.postgresql())) {
            assertTrue(H2File.of(other, settings).isEmpty());
        }
        assertFalse(Files.exists(directory.resolve("none.mv.db")));
    }
}
