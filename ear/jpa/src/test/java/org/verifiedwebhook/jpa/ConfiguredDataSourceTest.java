package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredDataSourceTest {

    @TempDir
    Path directory;

    private final Map<String, String> settings = new HashMap<>();

    @Test
    void nothingSet_isAnH2File() throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            assertEquals("2.2.224 (2023-09-17)", connection.getMetaData().getDatabaseProductVersion());
            connection.createStatement().execute("create table t (n integer)");
        }
        assertTrue(Files.exists(directory.resolve("h2.mv.db")));
    }

    @Test
    void h2File_survivesAnotherStart() throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            connection.createStatement().execute("create table t (n integer)");
        }
        try (Connection connection = dataSource().getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from t")) {
            assertTrue(rows.next());
        }
    }

    @Test
    void url_isPostgreSql() throws SQLException {
        String url;
        try (Connection connection = Databases.postgresql().getConnection()) {
            url = connection.getMetaData().getURL();
        }
        settings.put("url", url);
        settings.put("user", "postgres");

        try (Connection connection = dataSource().getConnection()) {
            assertEquals("PostgreSQL", connection.getMetaData().getDatabaseProductName());
        }
    }

    @Test
    void otherUrl_isRefusedWithoutItsText() {
        settings.put("url", "jdbc:mysql://db/x?password=hunter2");

        SQLException e = assertThrows(SQLException.class, () -> dataSource().getConnection());
        assertTrue(e.getMessage().contains("webhook/jpa/url"));
        assertFalse(e.getMessage().contains("hunter2"));
    }

    @Test
    void urlAndName_areRefused() {
        settings.put("url", "jdbc:postgresql://db/x");
        settings.put("datasource", "jdbc/x");

        assertThrows(SQLException.class, () -> dataSource().getConnection());
    }

    @Test
    void unknownName_neverFallsBack() {
        settings.put("datasource", "jdbc/nothing");

        SQLException e = assertThrows(SQLException.class, () -> dataSource().getConnection());
        assertTrue(e.getMessage().contains("webhook/jpa/datasource is 'jdbc/nothing'"), e.getMessage());
        assertFalse(Files.exists(directory.resolve("h2.mv.db")));
    }

    private ConfiguredDataSource dataSource() {
        JpaSettings found = key -> Optional.ofNullable(settings.get(key));
        return new ConfiguredDataSource(new DataSourceChoice(found, () -> new H2Location(directory.resolve("h2"))));
    }
}
