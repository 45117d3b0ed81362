package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Senders;

/** What is proposed for a name that does not exist. */
class NearestTest {

    private static final String DIRECTORY = "META-INF/webhook-senders/";

    @ParameterizedTest
    @CsvSource({"zorio, zorio, 0", "zorrio, zorio, 1", "zoiro, zorio, 2", "'', zorio, 5", "zorio, '', 5", "ab, ba, 2"})
    void slips_areTheEditDistance(String a, String b, int slips) {
        assertEquals(slips, Nearest.slips(a, b));
    }

    @Test
    void nearest_isTheOneWithTheFewestSlips() {
        assertEquals(Optional.of("secret"), Nearest.of("secre", List.of("secrets", "secret", "sacred")));
        assertEquals(Optional.empty(), Nearest.of("sec", List.of("secret")));
        assertEquals(Optional.empty(), Nearest.of("x", List.of("a", "b")));
    }

    private static String unknown(String name) {
        WebhookGate gate = WebhookGate.builder()
                .settings(Settings.of(java.util.Map.of()))
                .senders(Senders.standard())
                .build();
        return assertThrows(IllegalArgumentException.class, () -> gate.sender(name))
                .getMessage();
    }

    @Test
    void unknownSender_isToldWithTheNearestBuiltInOne() {
        assertTrue(unknown("zorrio").startsWith("unknown sender 'zorrio': did you mean 'zorio'?; "), unknown("zorrio"));
        assertTrue(unknown("chaindoc-v3").contains("did you mean 'chaindoc-v2'?"), unknown("chaindoc-v3"));
        assertFalse(unknown("somebody").contains("did you mean"), unknown("somebody"));
    }

    @Test
    void unknownSender_isToldWithTheNearestOfTheApplication(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve(DIRECTORY));
        Files.writeString(directory.resolve(DIRECTORY + "acme-crm.json"), "{}");
        assertTrue(unknownBehind(directory.toUri().toURL()).contains("did you mean 'acme-crm'?"));
    }

    @Test
    void unknownSender_isToldWithTheNearestOfALibrary(@TempDir Path directory) throws IOException {
        Path library = directory.resolve("library.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(library))) {
            for (String name : List.of("META-INF/", DIRECTORY, DIRECTORY + "acme-crm.json")) {
                jar.putNextEntry(new JarEntry(name));
            }
        }
        assertTrue(unknownBehind(library.toUri().toURL()).contains("did you mean 'acme-crm'?"));
    }

    private static String unknownBehind(URL place) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[] {place})) {
            thread.setContextClassLoader(application);
            return unknown("acme-crn");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void unknownScheme_isToldWithTheNearest() {
        TestGate gate = TestGate.of("signalwire/scheme", "from");
        String told = assertThrows(IllegalArgumentException.class, () -> gate.gate.sender("signalwire"))
                .getMessage();
        assertEquals(
                "setting webhook/signalwire/scheme: sender signalwire has only the schemes [json, form]: did you mean"
                        + " 'form'?",
                told);
    }
}
