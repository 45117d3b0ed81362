package org.verifiedwebhook.it;

import java.io.IOException;

/** A server that operators change while it runs. */
interface Operated {

    /**
     * Runs a script against it.
     *
     * @return what the script printed
     * @throws IOException if it failed
     */
    String operate(Operation operation) throws IOException, InterruptedException;

    /** Where it answers HTTPS, with a certificate that it has signed itself. */
    int tlsPort();
}
