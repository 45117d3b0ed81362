package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests' own ground: one server, several WARs, of which a failing one takes no other along. */
class PayaraMicroExtensionIT {

    @RegisterExtension
    static final PayaraMicroExtension SERVER = new PayaraMicroExtension(PayaraMicroExtensionIT.class)
            .deployFailing("/refused", Deployments.war("refused").addClass(RefusingListener.class))
            .deploy("/", Deployments.sample())
            .deploy("/copy", Deployments.sample());

    @Test
    void deploysEachWarAtItsContextRoot() throws Exception {
        assertEquals(200, status("ready"));
        assertEquals(200, status("copy/ready"));
    }

    @Test
    void deploysNothingOfARefusedWar() throws Exception {
        assertEquals(404, status("refused/"));
        assertTrue(SERVER.log().contains("refused on purpose"));
    }

    private static int status(String path) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(SERVER.uri(path)).build();
        return HttpClient.newHttpClient().send(get, BodyHandlers.discarding()).statusCode();
    }
}
