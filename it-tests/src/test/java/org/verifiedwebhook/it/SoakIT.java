package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Bar R22: at six tenths of what a node can take, for {@code it.soak-minutes}, nothing is lost and nothing grows. What
 * drifts with time is judged in an hour or more only.
 */
@EnabledIfSystemProperty(named = "it.soak-minutes", matches = "[4-9]|[1-9][0-9]+", disabledReason = "it takes its time")
class SoakIT {

    private static final int MINUTES = Integer.getInteger("it.soak-minutes", 0);
    private static final int WINDOWS = 12;
    private static final Duration WARMING = Duration.ofSeconds(30);
    private static final Duration MEASURING = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofSeconds(10);
    /** How often the purge comes, and a little more. */
    private static final Duration PURGED = Duration.ofSeconds(70);

    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static SampleNode node;

    /**
     * What the server holds between two windows.
     *
     * @param heap bytes after a full collection
     * @param inbox rows, of which those that are kept for {@code KEPT} and until the next purge may be many
     */
    private record Held(long heap, long threads, long descriptors, long inbox) {}

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("SoakIT"));
        node = CLOSING.later(new SampleNode("SoakIT", database))
                .systemProperty("webhook.inbox.keep-done", KEPT.toString())
                .systemProperty("webhook.read-within", "PT5S");
        node.start();
    }

    @Test
    void loadForALongTime_losesNothingAndLeavesNothingBehind() throws Exception {
        Events events = new Events();
        List<Long> p99 = new ArrayList<>();
        List<Held> held = new ArrayList<>();
        long aSecond;
        try (SteadyLoad load = new SteadyLoad(events, node.uri(""))) {
            load.most(WARMING);
            aSecond = load.most(MEASURING) * 6 / 10;
            for (int i = 0; i < WINDOWS; i++) {
                SteadyLoad.Figures figures = load.run(Duration.ofSeconds(MINUTES * 60L / WINDOWS), aSecond);
                p99.add(figures.p99());
                held.add(held());
                System.out.println("R22 " + Server.CURRENT + " " + figures + ", " + held.get(i));
                assertEquals(Set.of(200), figures.good().keySet(), "good ones refused");
                assertEquals(Set.of(401), figures.hostile().keySet());
                assertTrue(figures.slow().get(0) > 0, "the control");
                assertEquals(figures.slow().get(0), figures.slow().get(1), "slow bodies that were not answered 408");
            }
        }
        DeliveryCounts counts = events.count(database, Duration.ofSeconds(30));
        System.out.println("R22 " + Server.CURRENT + ", " + MINUTES + " min at " + aSecond + " a second: " + counts);
        assertTrue(counts.everyEventOnce(), counts.toString());
        Thread.sleep(PURGED.plus(KEPT).toMillis());
        assertEquals(0, inboxRows(), "rows that the purge has left");
        if (MINUTES >= 60) {
            assertFlat(held, p99);
        }
    }

    private static void assertFlat(List<Held> held, List<Long> p99) {
        Held first = held.get(0);
        Held last = held.get(WINDOWS - 1);
        String all = held + ", p99 " + p99;
        assertTrue(last.heap() <= first.heap() * 1.05, "heap: " + all);
        assertTrue(last.threads() <= first.threads() * 1.05, "threads: " + all);
        assertTrue(last.descriptors() <= first.descriptors() * 1.05, "descriptors: " + all);
        assertTrue(median(p99.subList(WINDOWS - 3, WINDOWS)) <= median(p99.subList(0, 3)) * 1.2, "p99: " + all);
    }

    private static long median(List<Long> three) {
        return three.stream().sorted().toList().get(1);
    }

    private static Held held() throws Exception {
        long threads = node.entries("task");
        long descriptors = node.entries("fd");
        return new Held(liveHeap(), threads, descriptors, inboxRows());
    }

    private static long liveHeap() throws IOException, InterruptedException {
        Matcher total = LIVE.matcher(node.diagnose("GC.class_histogram"));
        assertTrue(total.find(), "the control");
        return Long.parseLong(total.group(1));
    }

    private static long inboxRows() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from webhook_inbox")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
