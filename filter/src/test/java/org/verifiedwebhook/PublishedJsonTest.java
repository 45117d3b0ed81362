package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each file of JSONTestSuite, alone and around a tenant, is read as a strict second reader reads it, or refused. */
class PublishedJsonTest {

    private static final String POINTER = "/tenant_external_id";
    private static final JsonScan.Wanted WANTED = JsonScan.Wanted.of(List.of(POINTER, "/0", "/1", "/a", "/0/0"));
    /** Of processor time, which other work on the machine does not lengthen. */
    private static final long NANOS = 100_000_000;

    @TestFactory
    Stream<DynamicTest> fileOfJsonTestSuite_isReadAsTheReferenceReadsIt() throws IOException, URISyntaxException {
        List<Path> files = new ArrayList<>(in("test_parsing"));
        assertEquals(318, files.size());
        files.addAll(in("test_transform"));
        assertEquals(318 + 22, files.size());
        return files.stream().map(f -> dynamicTest(f.getFileName().toString(), () -> check(f)));
    }

    private static List<Path> in(String folder) throws IOException, URISyntaxException {
        Path path = Path.of(
                PublishedJsonTest.class.getResource("JSONTestSuite/" + folder).toURI());
        try (Stream<Path> all = Files.list(path)) {
            return all.sorted().toList();
        }
    }

    private static void check(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        boolean read = scanned(text);
        if (name.matches("[yn]_.*")) {
            assertEquals(name.startsWith("y_"), read);
        }
        tenant(text);
        tenant(around("{\"tenant_external_id\":\"acme\",\"x\":", text, "}"));
        tenant(around("{\"x\":", text, ",\"tenant_external_id\":\"acme\"}"));
        tenant(around("{\"tenant_external_id\":", text, "}"));
    }

    private static byte[] around(String head, byte[] text, String tail) {
        return SignedRequests.concat(SignedRequests.concat(SignedRequests.utf8(head), text), SignedRequests.utf8(tail));
    }

    /** Whether it is JSON, to both readers, with the same values in it. */
    private static boolean scanned(byte[] text) {
        Optional<Object> document = reference(text);
        try {
            Map<String, JsonScan.Found> found = JsonScan.scan(text, WANTED);
            assertTrue(document.isPresent(), "read, and not by the reference");
            for (String pointer : List.of(POINTER, "/0", "/1", "/a", "/0/0")) {
                assertEquals(
                        ReferenceJson.at(document.get(), pointer), Optional.ofNullable(found.get(pointer)), pointer);
            }
            return true;
        } catch (JsonScan.MalformedException e) {
            assertEquals(Optional.empty(), document);
            return false;
        }
    }

    private static Optional<Object> reference(byte[] text) {
        try {
            return Optional.of(ReferenceJson.parse(text));
        } catch (ReferenceJson.InvalidException e) {
            return Optional.empty();
        }
    }

    /** Verified if, and only if, the reference finds the tenant that signs. */
    private static void tenant(byte[] body) {
        TestGate gate = TestGate.of();
        WebhookRequest request = SignedRequests.edgvoipBody(body).build();
        gate.gate.sender("edgvoip");
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Verdict verdict = gate.gate.verify("edgvoip", request);
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        boolean acme = reference(body)
                .flatMap(d -> ReferenceJson.at(d, POINTER))
                .filter(new JsonScan.Found(JsonScan.Found.Kind.TEXT, "acme")::equals)
                .isPresent();
        if (acme) {
            assertEquals(
                    Optional.of("acme"),
                    assertInstanceOf(Verdict.Verified.class, verdict).delivery().tenant());
        } else {
            assertInstanceOf(Verdict.Rejected.class, verdict);
        }
        assertTrue(nanos < NANOS, () -> nanos + " ns");
    }
}
