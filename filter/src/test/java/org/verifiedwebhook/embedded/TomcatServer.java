package org.verifiedwebhook.embedded;

import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Tomcat with naming, as its own {@code server.xml} has it. */
final class TomcatServer implements EmbeddedServer {

    private final Tomcat tomcat = new Tomcat();

    @Override
    public URI start(Path webapp, Path work) throws Exception {
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Otherwise Tomcat answers 400 to %2f in a path by itself.
        tomcat.getConnector().setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        tomcat.setSilent(true);
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.enableNaming();
        StandardContext context = (StandardContext) tomcat.addWebapp("", webapp.toString());
        context.setParentClassLoader(new Webapp.ServerLoader());
        // They would need a JVM with --add-opens.
        context.setClearReferencesObjectStreamClassCaches(false);
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        try (CapturedLog log = CapturedLog.of("org.apache.catalina")) {
            tomcat.start();
            if (context.getState() != LifecycleState.STARTED) {
                throw new IllegalStateException(log.text());
            }
        }
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    @Override
    public void stop() throws Exception {
        try {
            tomcat.stop();
            tomcat.destroy();
        } finally {
            // enableNaming() sets them for the whole JVM.
            System.clearProperty("catalina.useNaming");
            System.clearProperty(javax.naming.Context.URL_PKG_PREFIXES);
            System.clearProperty(javax.naming.Context.INITIAL_CONTEXT_FACTORY);
        }
    }
}
