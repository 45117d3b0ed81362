package org.verifiedwebhook.it;

import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.contract.EchoServlet;
import org.verifiedwebhook.it.contract.Filters;
import org.verifiedwebhook.it.contract.Secrets;

/** The contract through the annotation. */
class JaxrsDoorwayIT extends DoorwayContract {

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(JaxrsDoorwayIT.class)
            .deploy("/jaxrs", common(Deployments.war("jaxrs")).deleteClasses(EchoServlet.class, Filters.class))
            .systemProperties(Secrets.properties());

    @Override
    String xml() {
        return Server.CURRENT.xmlOfJaxrs();
    }

    @Override
    URI application() {
        return SERVER.uri("jaxrs/");
    }
}
