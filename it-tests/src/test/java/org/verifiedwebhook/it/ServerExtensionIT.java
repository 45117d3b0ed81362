package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.jaxrs.Reached;

/** The tests' own ground: one server, several WARs, of which a failing one takes no other along. */
class ServerExtensionIT {

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(ServerExtensionIT.class)
            .deployFailing("/refused", Deployments.war("refused").addClass(RefusingListener.class))
            .deploy("/", Deployments.sampleWar())
            .deploy("/other", Deployments.war("other").addClass(Reached.class))
            .systemProperty(
                    "webhook.h2.path",
                    BuildFiles.newDirectory("sample").resolve("webhook").toString());

    @Test
    void deploysEachWarAtItsContextRoot_theSamplesToo() throws Exception {
        assertEquals(200, status("ready"));
        assertEquals(200, status("other/reached"));
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
