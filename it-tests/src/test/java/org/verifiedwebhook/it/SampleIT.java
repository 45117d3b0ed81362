package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample as a team drops it in, asked from outside. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SampleIT {

    @Deployment(testable = false)
    static Archive<?> sample() {
        return Deployments.sample();
    }

    @ArquillianResource
    private URI root;

    @Test
    void tellsAtTheRootThatItIsReady() throws Exception {
        assertEquals("/", root.getPath());
        HttpRequest get = HttpRequest.newBuilder(root.resolve("ready")).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(get, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertEquals("ready", answer.body());
    }
}
