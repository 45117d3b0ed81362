package org.verifiedwebhook.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL that can be killed, stalled and started again on the same files and port. */
final class PostgreSqlProcess implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres server;
    private int port;

    private PostgreSqlProcess(Path data) {
        this.data = data;
    }

    /** Starts one with an empty database. */
    static PostgreSqlProcess start(String name) throws IOException {
        PostgreSqlProcess started =
                new PostgreSqlProcess(BuildFiles.newDirectory(name).resolve("postgresql"));
        started.startAgain();
        return started;
    }

    /** Starts it on the files it had. */
    void startAgain() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                // The test library's default loses what was committed last when the database is killed.
                .setServerConfig("synchronous_commit", "on");
        if (port != 0) {
            builder.setPort(port);
        }
        server = builder.start();
        port = server.getPort();
    }

    /** What the sample has to be told to use it. */
    Map<String, String> settings() {
        return Map.of(
                "webhook.jpa.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "webhook.jpa.user", "postgres",
                "webhook.jpa.password", "postgres");
    }

    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Kills the postmaster and every backend, as {@code kill -9} does. */
    void kill() throws IOException, InterruptedException {
        for (ProcessHandle process : processes()) {
            process.destroyForcibly();
            process.onExit().join();
        }
        // The test library holds a lock of its own on the files.
        server.close();
    }

    /** Stops every process of it, as a machine does that no longer answers, until {@link #resume}. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets a paused one go on. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes().forEach(p -> command.add(Long.toString(p.pid())));
        // A backend may have ended meanwhile, which makes kill complain.
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The postmaster first: it can start no further backend then. */
    private List<ProcessHandle> processes() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid));
        List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
        postmaster.descendants().forEach(all::add);
        return all;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
