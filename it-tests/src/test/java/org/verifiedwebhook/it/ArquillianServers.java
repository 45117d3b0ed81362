package org.verifiedwebhook.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.verifiedwebhook.run.ServerProcess;

/**
 * Tells {@code arquillian.xml} of free ports, before Arquillian reads it. Its adapters start these servers by themselves,
 * for the classes that ask for Arquillian.
 */
public final class ArquillianServers implements LauncherSessionListener {

    private static final String PORT = "arquillian.port.";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            List<Integer> ports = ServerProcess.freePorts(7);
            System.setProperty(PORT + "http", Integer.toString(ports.get(0)));
            System.setProperty(PORT + "admin", Integer.toString(ports.get(1)));
            System.setProperty(PORT + "https", Integer.toString(ports.get(2)));
            if (Server.CURRENT == Server.PAYARA_SERVER) {
                Path home = BuildFiles.PAYARA_HOME.toAbsolutePath();
                PayaraDomain.make(home, home.resolve("glassfish/domains"), "arquillian", ports, Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
