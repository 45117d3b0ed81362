package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    @TempDir
    Path application;

    @Test
    void failingScript_isAnErrorThatNamesIt() throws IOException {
        Path scripts = Files.createDirectories(application.resolve("META-INF/webhook-migrations"));
        Files.writeString(scripts.resolve("V202__broken.sql"), "create tabel oops;");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {application.toUri().toURL()}, getClass().getClassLoader())) {
            Migrations migrations = new Migrations(Databases.h2(), loader);

            IllegalStateException e = assertThrows(IllegalStateException.class, migrations::run);
            assertTrue(e.getMessage().contains("V202__broken.sql"), e.getMessage());
        }
    }

    @Test
    void storeDown_isAnError() {
        assertThrows(IllegalStateException.class, () -> new Migrations(
                        new ConfiguredDataSource(
                                new DataSourceChoice(k -> java.util.Optional.of("jdbc/nothing"), H2Location::standard)),
                        null)
                .run());
    }

    @Test
    void schemaWithOtherTables_isMigrated() throws SQLException {
        DataSource dataSource = Databases.h2();
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute("create table theirs (n integer)");

            new Migrations(dataSource, null).run();

            connection.createStatement().execute("select count(*) from webhook_secret, theirs");
        }
    }
}
