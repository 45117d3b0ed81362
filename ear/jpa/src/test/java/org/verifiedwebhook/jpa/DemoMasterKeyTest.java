package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DemoMasterKeyTest {

    @TempDir
    Path directory;

    @Test
    void key_isMadeOnce() {
        assertEquals(DemoMasterKey.in(directory), DemoMasterKey.in(directory));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its file systems have no POSIX permissions")
    void file_isForItsOwnerOnly() throws Exception {
        DemoMasterKey.in(directory);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("demo-master.key"))));
    }
}
