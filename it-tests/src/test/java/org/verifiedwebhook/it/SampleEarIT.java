package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sample as its EAR; where the server takes it, {@link Deployments#sample} is this EAR in the other tests, too. */
@DisabledOnServer(value = Server.PAYARA_MICRO, reason = "it deploys no EAR at all")
class SampleEarIT {

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(SampleEarIT.class)
            .deploy("/", Deployments.sampleEar())
            .systemProperty(
                    "webhook.h2.path",
                    BuildFiles.newDirectory("ear").resolve("webhook").toString());

    @Test
    void applicationInTheEar_isReadyAtTheRoot() throws Exception {
        RawHttp.Answer answer = RawHttp.request(SERVER.uri(""), "GET", "/ready").send();
        assertEquals(200, answer.status());
        assertEquals("ready", answer.body());
    }
}
