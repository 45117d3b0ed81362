package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class H2LocationTest {

    private final Map<String, String> properties = new HashMap<>();
    private Optional<String> configured = Optional.empty();

    @BeforeEach
    void machine() {
        properties.put("java.io.tmpdir", "/var/spool");
        properties.put("user.home", "/home/op");
    }

    @Test
    void nothingSet_isInTheHome() {
        assertEquals(Path.of("/home/op/.verified-webhook/webhook").toAbsolutePath(), path());
    }

    @Test
    void payaraServer_isInItsInstance() {
        properties.put("com.sun.aas.instanceRoot", "/opt/payara/domain1");

        assertEquals(Path.of("/opt/payara/domain1/verified-webhook/webhook").toAbsolutePath(), path());
    }

    @Test
    void wildFly_isInItsData() {
        properties.put("jboss.server.data.dir", "/opt/wildfly/standalone/data");

        assertEquals(
                Path.of("/opt/wildfly/standalone/data/verified-webhook/webhook").toAbsolutePath(), path());
    }

    @Test
    void payaraMicro_isNotInItsTemporaryDirectory() {
        properties.put("com.sun.aas.instanceRoot", "/var/spool/payaramicro-rt1");

        assertEquals(Path.of("/home/op/.verified-webhook/webhook").toAbsolutePath(), path());
    }

    @Test
    void configured_isThere() {
        configured = Optional.of("/data/b");

        assertEquals(Path.of("/data/b").toAbsolutePath(), path());
    }

    @Test
    void semicolon_isRefused() {
        configured = Optional.of("/data/a;INIT=x");

        assertThrows(JpaConfigurationException.class, this::path);
    }

    private Path path() {
        return H2Location.of(configured, properties::get).path();
    }
}
