package org.verifiedwebhook.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    private static final SettingName SECRET = SettingName.of("zorio", "secret");

    @TempDir
    Path directory;

    private SettingSource source() {
        return new DirectorySource(directory);
    }

    @Test
    void fileOfTheSetting_isItsValue() throws IOException {
        Files.writeString(directory.resolve("webhook.zorio.secret"), "a secret: of=text");
        assertEquals(Optional.of("a secret: of=text"), source().find(SECRET));
        assertEquals(Optional.empty(), source().find(SettingName.of("zorio", "secret-next")));
    }

    @Test
    void changedAndRemovedFile_countAtOnce() throws IOException {
        SettingSource source = source();
        Path file = Files.writeString(directory.resolve("webhook.zorio.secret"), "first");
        assertEquals(Optional.of("first"), source.find(SECRET));
        Files.writeString(file, "second");
        assertEquals(Optional.of("second"), source.find(SECRET));
        Files.delete(file);
        assertEquals(Optional.empty(), source.find(SECRET));
    }

    @Test
    void oneLineFeedAtTheEnd_isNoPartOfTheValue() throws IOException {
        Files.writeString(directory.resolve("webhook.zorio.secret"), "first\nsecond\n\n");
        assertEquals(Optional.of("first\nsecond\n"), source().find(SECRET));
    }

    @Test
    void windowsLineEndAtTheEnd_isNoPartOfTheValue() throws IOException {
        Files.writeString(directory.resolve("webhook.zorio.secret"), "first\r\n");
        assertEquals(Optional.of("first"), source().find(SECRET));
    }

    @Test
    void nameThatNoFileCanHave_isAbsentAndNoFaultOfOurs() {
        assertEquals(Optional.empty(), source().find(SettingName.of("zorio", "x".repeat(300))));
    }

    @Test
    void linksAsAnOrchestratorMakesThem_areFollowed() throws IOException {
        Path data = Files.createDirectory(directory.resolve("..2026"));
        Files.writeString(data.resolve("webhook.zorio.secret"), "linked");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(directory.resolve("webhook.zorio.secret"), Path.of("..data", "webhook.zorio.secret"));
        assertEquals(Optional.of("linked"), source().find(SECRET));
    }

    @Test
    void tenantThatLooksLikeAPath_staysInside() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Files.writeString(directory.resolve("secret"), "outside");
        Files.writeString(directory.resolve("webhook.zorio.secret"), "outside");
        SettingSource source = new DirectorySource(inner);
        for (String tenant : Set.of("../..", "/../secret", "x/../../webhook.zorio", "..", ".")) {
            assertEquals(Optional.empty(), source.find(SettingName.ofTenant("zorio", tenant, "secret")), tenant);
        }
        Files.writeString(inner.resolve("webhook.zorio.tenants._2e_2e.secret"), "inside");
        assertEquals(Optional.of("inside"), source.find(SettingName.ofTenant("zorio", "..", "secret")));
    }

    @Test
    void directoryThatIsNotThere_isNotASettingThatIsNot() {
        SettingSource source = new DirectorySource(directory.resolve("missing"));
        String message = assertThrows(SecretUnavailableException.class, () -> source.find(SECRET))
                .getMessage();
        assertTrue(message.contains("webhook.settings-directory"), message);
        assertThrows(SecretUnavailableException.class, () -> source.keysOf("zorio"));
    }

    @Test
    void fileThatCannotBeRead_isNotASettingThatIsNot() throws IOException {
        Files.createDirectory(directory.resolve("webhook.zorio.secret"));
        assertThrows(SecretUnavailableException.class, () -> source().find(SECRET));
    }

    @Test
    void bytesThatAreNoText_areRefusedWithoutBeingTold() throws IOException {
        Files.write(directory.resolve("webhook.zorio.secret"), new byte[] {'k', 'e', 'y', (byte) 0xff});
        SecretUnavailableException e = assertThrows(SecretUnavailableException.class, () -> source().find(SECRET));
        assertTrue(e.getMessage().contains("webhook/zorio/secret"), e.getMessage());
        assertFalse(e.getMessage().contains("key\u00ff"));
    }

    @Test
    void keysOfASender_areItsFiles() throws IOException {
        Files.writeString(directory.resolve("webhook.zorio.secret"), "x");
        Files.writeString(directory.resolve("webhook.zorio.max-bdy"), "x");
        Files.writeString(directory.resolve("webhook.edgvoip.secret"), "x");
        assertEquals(Set.of("secret", "max-bdy"), source().keysOf("zorio"));
    }
}
