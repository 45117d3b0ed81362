package org.verifiedwebhook.embedded;

import java.net.URI;
import java.nio.file.Path;

/** A servlet container in this JVM, on a free port of the loopback address. */
interface EmbeddedServer {

    /**
     * Starts it with an application at the root.
     *
     * @throws Exception if the application does not start; what the container says of it is in there
     */
    URI start(Path webapp, Path work) throws Exception;

    void stop() throws Exception;
}
