package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.rotation.SecretsServlet;

/**
 * Secrets that change while the server runs and the sender sends: in JNDI by the operator's script, in a directory of
 * mounted files, in the database. {@code -Dit.rotations=20} rotates 20 times instead of 3.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RotationIT {

    private static final int TIMES = Integer.getInteger("it.rotations", 3);
    private static final long BOUND_MILLIS = 5000;
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final Path DIRECTORY = BuildFiles.newDirectory("rotation-files");
    private static final String FIRST = Rotation.newSecret();

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(RotationIT.class)
            .deploy("/forms", SecretForms.war(List.of("live-jndi", "live-files"), List.of()))
            .deploy("/sample", Deployments.sampleWar().addClass(SecretsServlet.class))
            .systemProperty("webhook.settings-directory", DIRECTORY.toString())
            .systemProperty("webhook.jpa.key", Base64.getEncoder().encodeToString(new byte[32]))
            .systemProperty(
                    "webhook.h2.path",
                    BuildFiles.newDirectory("rotation").resolve("webhook").toString());

    private static final List<Rotation> ROTATIONS = new ArrayList<>();

    @BeforeAll
    static void secrets() throws Exception {
        FILES.end(FIRST);
        ROTATIONS.add(new Rotation("mounted files", SERVER.uri("forms/hooks/live-files"), FIRST, TIMES, FILES));
        rotateInDatabase(FIRST, Duration.ZERO);
        ROTATIONS.add(new Rotation("JPA", SERVER.uri("sample/hooks/zorio"), FIRST, TIMES, new Database()));
        if (Server.CURRENT.changesJndiWhileItRuns()) {
            JNDI.end(FIRST);
            ROTATIONS.add(new Rotation("JNDI", SERVER.uri("forms/hooks/live-jndi"), FIRST, TIMES, JNDI));
        }
    }

    @AfterAll
    static void deleteFiles() throws IOException {
        Files.deleteIfExists(FILE);
        Files.deleteIfExists(NEXT);
    }

    private static final Rotation.Operator JNDI = new Rotation.Operator() {
        @Override
        public void announce(String present, String next) throws Exception {
            SERVER.operate(Operation.set("webhook/live-jndi/secret-next", next));
        }

        @Override
        public void end(String next) throws Exception {
            SERVER.operate(Operation.set("webhook/live-jndi/secret", next));
        }
    };

    private static final Path FILE = DIRECTORY.resolve("webhook.live-files.secret");
    private static final Path NEXT = DIRECTORY.resolve("webhook.live-files.secret-next");

    private static final Rotation.Operator FILES = new Rotation.Operator() {
        @Override
        public void announce(String present, String next) throws IOException {
            replace(NEXT, next);
        }

        @Override
        public void end(String next) throws IOException {
            replace(FILE, next);
        }

        /** At one blow: who reads a file that is being written may read none of it. */
        private void replace(Path file, String text) throws IOException {
            Path written = Files.writeString(DIRECTORY.resolve(".new"), text + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    };

    /** The old secret's end is said at once, as a date. */
    private static final class Database implements Rotation.Operator {

        private long end;

        @Override
        public void announce(String present, String next) throws Exception {
            rotateInDatabase(next, OVERLAP);
            end = System.nanoTime() + OVERLAP.toNanos();
        }

        @Override
        public void end(String next) throws InterruptedException {
            Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
        }
    }

    private static void rotateInDatabase(String secret, Duration overlap) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(SERVER.uri("sample/rotate?overlap=" + overlap))
                .POST(BodyPublishers.ofString(secret))
                .build();
        assertEquals(
                200,
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode());
    }

    @Test
    @Order(1)
    void rotationByEachLiveForm_refusesNoGoodRequest(TestReporter reporter) throws Exception {
        ExecutorService forms = Executors.newFixedThreadPool(ROTATIONS.size());
        try {
            for (Future<Rotation.Figures> future : forms.invokeAll(ROTATIONS)) {
                Rotation.Figures figures = future.get();
                long slowest = Collections.max(figures.ends());
                reporter.publishEntry(
                        figures.form(),
                        TIMES + " rotations, " + figures.good() + " good requests, refused " + figures.refused()
                                + ", an old secret refused after " + slowest + " ms at most");
                assertEquals(List.of(), figures.refused(), figures.form());
                assertTrue(figures.good() > TIMES * 20, figures.form() + " " + figures.good() + ": the control");
                assertEquals(TIMES, figures.ends().size());
                assertTrue(slowest <= BOUND_MILLIS, figures.form() + " " + figures.ends());
            }
        } finally {
            forms.shutdownNow();
        }
    }

    @Test
    @Order(2)
    void removedSecret_isRefusedWithin5Seconds(TestReporter reporter) throws Exception {
        for (Rotation rotation : ROTATIONS) {
            assertEquals(200, rotation.send(), "remembered by the server from now on");
            long removed;
            if (rotation.form().equals("JNDI")) {
                // Both: "next" holds the last one, too.
                SERVER.operate(Operation.remove("webhook/live-jndi/secret-next"));
                assertEquals(200, rotation.send(), "remembered by the server from now on");
                SERVER.operate(Operation.remove("webhook/live-jndi/secret"));
                removed = System.nanoTime();
            } else if (rotation.form().equals("JPA")) {
                rotateInDatabase(Rotation.newSecret(), Duration.ZERO);
                removed = System.nanoTime();
            } else {
                Files.delete(NEXT);
                Files.delete(FILE);
                removed = System.nanoTime();
            }
            long millis = rotation.untilRefused(rotation.present(), removed);
            reporter.publishEntry(rotation.form(), "a removed secret refused after " + millis + " ms");
            assertTrue(millis <= BOUND_MILLIS, rotation.form() + " " + millis);
        }
    }
}
