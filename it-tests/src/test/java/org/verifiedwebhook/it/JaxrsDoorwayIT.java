package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.it.contract.Deliveries;

/** The contract through the annotation. */
class JaxrsDoorwayIT extends DoorwayContract {

    @RegisterExtension
    static final ServerExtension SERVER = DOORWAYS;

    @Override
    String xml() {
        return Server.CURRENT.xmlOfJaxrs();
    }

    @Override
    URI application() {
        return SERVER.uri("jaxrs/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"without-entity", "suspended", "stage", "streamed"})
    void answerThatCannotBeRecorded_is503HoweverItComes(String how) throws IOException {
        int before = runs();
        String path = "chaindoc-v2/" + how;
        assertComeAgain(chaindocV2(path, chaindocV2Body(Deliveries.COMPLETE_FAILS + unique()), Instant.now())
                .send());
        assertEquals(before + 1, runs());
        int status =
                chaindocV2(path, chaindocV2Body(unique()), Instant.now()).send().status();
        assertEquals(how.equals("without-entity") ? 204 : 200, status, "the control");
    }
}
