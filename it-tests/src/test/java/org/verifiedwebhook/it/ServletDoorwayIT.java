package org.verifiedwebhook.it;

import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract through the servlet filter, in a WAR that has neither the annotation nor CDI. */
class ServletDoorwayIT extends DoorwayContract {

    @RegisterExtension
    static final ServerExtension SERVER = DOORWAYS;

    @Override
    URI application() {
        return SERVER.uri("servlet/");
    }
}
