package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs golden vectors made with other people's code through the public API: all {@code *.json} files of the folder that
 * the system property {@code vectors} names, or those in this module's test resources.
 */
class VectorsTest {

    @TestFactory
    Stream<DynamicNode> vectors() throws IOException, URISyntaxException {
        Path folder = System.getProperty("vectors") != null
                ? Path.of(System.getProperty("vectors"))
                : Path.of(VectorsTest.class.getResource("/vectors").toURI());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        assertFalse(files.isEmpty(), "no vector files in " + folder);
        return files.stream().map(VectorsTest::file);
    }

    private static DynamicContainer file(Path file) {
        JsonObject json;
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            json = reader.readObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        boolean providers = json.containsKey("format");
        List<? extends Vector> vectors = providers ? ProviderVector.all(json) : SenderVector.all(json);
        assertFalse(vectors.isEmpty(), "no vectors in " + file);
        return dynamicContainer(
                file.getFileName().toString(), vectors.stream().map(v -> dynamicTest(v.id(), v::check)));
    }

    /** A vector of either format. */
    interface Vector {
        String id();

        void check();
    }
}
