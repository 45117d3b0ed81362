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
import org.verifiedwebhook.run.Watchdog;

/** A PostgreSQL that can be killed, stalled and started again on the same files and port. */
final class PostgreSqlProcess implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres server;
    private ProcessHandle postmaster;
    private Watchdog watchdog;
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
        postmaster = runningPostmaster();
        watchdog = Watchdog.over(postmaster);
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
        close();
    }

    /** Stops every process of it, as a machine does that no longer answers, until {@link #resume}. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets a paused one go on. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Lets none of its processes write to a file, as on a disk that is full, until {@link #freeDisk}. */
    void fillDisk() throws IOException, InterruptedException {
        limitFiles("0");
    }

    /** Lets them write again; starts it again if it has given up by then, as an operator would. */
    void freeDisk() throws IOException, InterruptedException {
        limitFiles("unlimited");
        Thread.sleep(500);
        if (!postmaster.isAlive()) {
            close();
            startAgain();
        }
    }

    /** The soft limit, which anybody may raise again. */
    private void limitFiles(String bytes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes()) {
            run(List.of("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":"));
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes().forEach(p -> command.add(Long.toString(p.pid())));
        run(command);
    }

    /** A process may have ended meanwhile, which makes commands complain. */
    private static void run(List<String> command) throws IOException, InterruptedException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private ProcessHandle runningPostmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid));
    }

    /** The postmaster first: it can start no further backend then. */
    private List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
        postmaster.descendants().forEach(all::add);
        return all;
    }

    @Override
    public void close() throws IOException {
        server.close();
        watchdog.close();
    }
}
