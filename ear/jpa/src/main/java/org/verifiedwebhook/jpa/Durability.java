package org.verifiedwebhook.jpa;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Asks a database whether a commit is on disk when it returns: nothing is acknowledged on one that says no. */
final class Durability {

    private static final Logger LOG = System.getLogger(Durability.class.getName());
    private static final String H2_SETTINGS =
            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'";

    private Durability() {}

    /**
     * Refuses a database that may lose what it has committed.
     *
     * @throws IllegalStateException with the cure, or if it cannot be asked
     */
    static void require(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            switch (connection.getMetaData().getDatabaseProductName()) {
                case "H2" -> requireH2(connection);
                case "PostgreSQL" -> requirePostgreSql(connection);
                default ->
                    LOG.log(Level.WARNING, "tested on H2 and PostgreSQL only: make sure that commits are durable");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be asked whether commits are durable", e);
        }
    }

    private static void requireH2(Connection connection) throws SQLException {
        if (values(connection, "call database_path()").contains(null)) {
            throw new IllegalStateException("the H2 database is in memory and would forget deliveries that were"
                    + " acknowledged: leave webhook/jpa/datasource unset for an embedded database in a file, or name a"
                    + " data source whose URL is jdbc:h2:file:PATH;WRITE_DELAY=0, or use PostgreSQL");
        }
        List<String> delays = values(connection, H2_SETTINGS);
        if (delays.isEmpty() || !delays.stream().allMatch("0"::equals)) {
            throw new IllegalStateException("the H2 database writes commits late and would lose deliveries that were"
                    + " acknowledged: add ;WRITE_DELAY=0 to the URL of the data source, or leave"
                    + " webhook/jpa/datasource unset, or use PostgreSQL");
        }
    }

    private static void requirePostgreSql(Connection connection) throws SQLException {
        if (values(connection, "show synchronous_commit").contains("off")) {
            throw new IllegalStateException(
                    "PostgreSQL has synchronous_commit = off and would lose deliveries that were"
                            + " acknowledged: set it to on, for this user at least (alter role NAME set synchronous_commit = on)");
        }
        if (values(connection, "show fsync").contains("off")) {
            LOG.log(
                    Level.WARNING,
                    "PostgreSQL has fsync = off: a crash of its machine can lose acknowledged deliveries");
        }
    }

    private static List<String> values(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }
}
