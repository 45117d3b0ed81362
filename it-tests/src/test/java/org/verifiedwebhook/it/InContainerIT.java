package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server: the libraries are where the application's classes see them. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {

    @Deployment
    static WebArchive war() {
        return Deployments.war("in-container");
    }

    @Inject
    private ServletContext context;

    @Test
    void findsItsLibrariesInTheWar() {
        Set<String> libraries = context.getResourcePaths("/WEB-INF/lib/");
        assertNotNull(libraries);
        String names = libraries.stream().sorted().collect(Collectors.joining(" "));
        assertTrue(names.contains("verified-webhook-filter"), names);
        assertTrue(names.contains("verified-webhook-jaxrs"), names);
    }
}
