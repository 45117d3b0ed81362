package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every input that fuzzing has found worth keeping, again, without the fuzzer. */
class FuzzCorpusTest {

    private static final Map<String, Consumer<byte[]>> TARGETS = new TreeMap<>(Map.of(
            "json", FuzzTargets::json,
            "tag", FuzzTargets::tag,
            "form", FuzzTargets::form,
            "header", FuzzTargets::header,
            "url", FuzzTargets::url));

    @TestFactory
    Stream<DynamicTest> inputOfTheCorpus_isReadAsItsReferenceReadsIt() {
        return TARGETS.entrySet().stream()
                .map(t -> dynamicTest(t.getKey(), () -> {
                    List<byte[]> inputs = corpus(t.getKey());
                    assertTrue(inputs.size() >= 20, () -> "a corpus of " + inputs.size());
                    inputs.forEach(t.getValue());
                }));
    }

    private static List<byte[]> corpus(String target) throws IOException, URISyntaxException {
        Path folder = Path.of(
                FuzzCorpusTest.class.getResource("ParserFuzzInputs/" + target).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(FuzzCorpusTest::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
