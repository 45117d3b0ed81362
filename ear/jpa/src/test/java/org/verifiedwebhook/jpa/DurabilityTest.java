package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What is acknowledged must be on disk: which databases say so, and that one that does not say so loses rows. */
class DurabilityTest {

    @TempDir
    Path directory;

    private JdbcDataSource h2(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser("sa");
        dataSource.setPassword("");
        return dataSource;
    }

    @Test
    void embeddedDatabase_isDurable() {
        Durability.require(h2(new H2Location(directory.resolve("ours")).url()));
    }

    @Test
    void h2ThatWritesLate_isRefusedWithTheCure() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> Durability.require(h2("jdbc:h2:file:" + directory.resolve("theirs"))));
        assertTrue(e.getMessage().contains("WRITE_DELAY=0"), e.getMessage());
    }

    @Test
    void h2InMemory_isRefusedWithTheCure() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class, () -> Durability.require(h2("jdbc:h2:mem:test;WRITE_DELAY=0")));
        assertTrue(e.getMessage().contains("jdbc:h2:file:PATH;WRITE_DELAY=0"), e.getMessage());
    }

    @Test
    void postgreSqlThatAnswersBeforeItWrites_isRefusedWithTheCure() throws SQLException {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) Databases.postgresql();
        dataSource.setOptions("-c synchronous_commit=on");
        Durability.require(dataSource);
        dataSource.setOptions("-c synchronous_commit=local");
        Durability.require(dataSource);
        dataSource.setOptions("-c synchronous_commit=off");
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Durability.require(dataSource));
        assertTrue(e.getMessage().contains("synchronous_commit = on"), e.getMessage());
    }

    @Test
    void databaseDown_isAnError() {
        assertThrows(IllegalStateException.class, () -> Durability.require(h2("jdbc:h2:tcp://127.0.0.1:1/none")));
    }

    @Test
    void killedProcess_losesNothingOfTheEmbeddedDatabase() throws Exception {
        for (int round = 0; round < 3; round++) {
            String url = new H2Location(directory.resolve("durable" + round)).url();
            assertEquals(0, lost(url), "round " + round);
        }
    }

    @Test
    void processKilledWhileItMakesTheFileSmall_losesNothing() throws Exception {
        for (int round = 0; round < 3; round++) {
            Path path = directory.resolve("small" + round);
            assertEquals(0, lost(new H2Location(path).url(), path.toString()), "round " + round);
        }
    }

    /** The positive control of the tests before. */
    @Test
    void killedProcess_losesRowsOfADefaultH2() throws Exception {
        int lost = 0;
        for (int round = 0; round < 5 && lost == 0; round++) {
            lost = lost("jdbc:h2:file:" + directory.resolve("late" + round));
        }
        assertTrue(lost > 0, "the control lost nothing");
    }

    /** How many rows are missing that a process had committed when it was killed. */
    private static int lost(String url, String... more) throws IOException, InterruptedException, SQLException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                url));
        command.addAll(List.of(more));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = 0;
        int compacted = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
            while (line != null) {
                if (line.equals(Writer.COMPACTED)) {
                    compacted++;
                } else {
                    acknowledged = Integer.parseInt(line);
                }
                if (System.nanoTime() > end) {
                    // Not the process itself, which would close what we still read.
                    child.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
        assertTrue(acknowledged > 10, acknowledged + " rows only");
        assertEquals(more.length > 0, compacted > 0, compacted + " times made small");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from done where n <= " + acknowledged)) {
            rows.next();
            return acknowledged - rows.getInt(1);
        } catch (SQLException noTable) {
            return acknowledged;
        }
    }

    /** Commits rows and says so, until it is killed; makes its file, a second argument, small all the time. */
    static final class Writer {
        static final String COMPACTED = "compacted";

        public static void main(String[] args) throws SQLException {
            try (Connection connection = DriverManager.getConnection(args[0], "sa", "")) {
                connection.createStatement().execute("create table done (n integer primary key)");
                if (args.length > 1) {
                    Thread compacting = new Thread(() -> compact(new H2File(new H2Location(Path.of(args[1])))));
                    compacting.setDaemon(true);
                    compacting.start();
                }
                PreparedStatement insert = connection.prepareStatement("insert into done values (?)");
                for (int n = 1; n < 1_000_000; n++) {
                    insert.setInt(1, n);
                    insert.executeUpdate();
                    System.out.println(n);
                }
            }
        }

        private static void compact(H2File file) {
            try {
                while (true) {
                    file.compact();
                    System.out.println(COMPACTED);
                    Thread.sleep(5);
                }
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
