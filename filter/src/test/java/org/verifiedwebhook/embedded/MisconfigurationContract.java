package org.verifiedwebhook.embedded;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A filter that is set up wrongly stops the application's start, and the container's log says what to do. */
abstract class MisconfigurationContract {

    @TempDir
    Path directory;

    abstract EmbeddedServer newServer();

    @ParameterizedTest
    @CsvSource({
        "'', '', init-param 'sender' is missing",
        "sender=zorrio, '', unknown sender 'zorrio'",
        "sender=cloudonix-cdr known-tenants=acme, '', accept=identified",
        "sender=zorrio, '', did you mean 'zorio'?",
        "sender=zorio tolernce=PT5M, '', webhook/zorio/tolernce does not exist: did you mean 'tolerance'?",
        "sender=zorio tolerance=300, '', webhook/zorio/tolerance: must be an ISO 8601 duration",
        "sender=zorio, tolerance=300, webhook/zorio/tolerance: must be an ISO 8601 duration"
    })
    void misconfiguration_stopsTheStartAndNamesTheCure(String params, String entry, String cure) throws Exception {
        WebXml webXml =
                Webapp.contract().filter("wrong", "/wrong/*", params.isEmpty() ? new String[0] : params.split("[= ]"));
        if (!entry.isEmpty()) {
            webXml.envEntry("webhook/zorio/" + entry.split("=")[0], entry.split("=")[1]);
        }
        EmbeddedServer other = newServer();
        try {
            String told = assertThrows(IllegalStateException.class, () -> Webapp.start(other, directory, webXml))
                    .getMessage();
            assertTrue(told.contains("filter wrong: ") && told.contains(cure), told);
        } finally {
            other.stop();
        }
    }
}
