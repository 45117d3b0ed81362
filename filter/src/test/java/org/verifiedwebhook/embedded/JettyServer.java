package org.verifiedwebhook.embedded;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with its modules {@code ee10-webapp} and {@code ee10-plus}. */
final class JettyServer implements EmbeddedServer {

    private final Server server = new Server();

    @Override
    public URI start(Path webapp, Path work) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(webapp.toString());
        context.setTempDirectory(work.toFile());
        context.setThrowUnavailableOnStartupException(true);
        context.setClassLoader(new WebAppClassLoader(new Webapp.ServerLoader(), context));
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            throw new IllegalStateException(trace.toString(), e);
        }
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void stop() throws Exception {
        server.stop();
        server.destroy();
    }
}
