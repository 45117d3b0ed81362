package org.verifiedwebhook.jpa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;

/**
 * The file of the embedded H2 database. As it writes at each commit it never tidies up by itself while it is open: some
 * 25 kB stay in the file for each delivery, whatever the tables hold. Apart, so that an application without this driver
 * never loads it.
 */
final class H2File {

    /** Commits wait meanwhile. */
    private static final int MOST_MILLIS = 300;

    private final H2Location location;

    H2File(H2Location location) {
        this.location = location;
    }

    /** The one that this data source is, if it is that of the settings. */
    static Optional<H2File> of(DataSource dataSource, H2Location location) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
                return Optional.empty();
            }
            try (ResultSet path = connection.createStatement().executeQuery("call database_path()")) {
                path.next();
                String opened = path.getString(1);
                return opened != null && isSame(Path.of(opened), location.path())
                        ? Optional.of(new H2File(location))
                        : Optional.empty();
            }
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(file(one), file(other));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path file(Path path) {
        return Path.of(path + ".mv.db");
    }

    DataSource dataSource() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(location.url());
        dataSource.setUser("sa");
        dataSource.setPassword("");
        return dataSource;
    }

    /** Makes it small again, as far as that goes within a moment. */
    void compact() throws SQLException {
        // Not one of the server's pool: Payara hands out no more of a connection than its interfaces.
        try (Connection connection = dataSource().getConnection()) {
            SessionLocal session = (SessionLocal) ((JdbcConnection) connection).getSession();
            compact(session.getDatabase().getStore().getMvStore());
        }
    }

    private static void compact(MVStore store) {
        int retention = store.getRetentionTime();
        try {
            store.compactFile(MOST_MILLIS);
        } finally {
            // It is set to zero above, as when the database is closed; what is overwritten afterwards must have had its
            // time.
            store.setRetentionTime(retention);
        }
    }
}
