package org.verifiedwebhook.it;

import java.net.URI;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.contract.EchoApplication;
import org.verifiedwebhook.it.contract.EchoResource;
import org.verifiedwebhook.it.contract.Secrets;

/** The contract through the servlet filter, in a WAR that has neither the annotation nor CDI. */
class ServletDoorwayIT extends DoorwayContract {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <filter>
                <filter-name>zorio</filter-name>
                <filter-class>org.verifiedwebhook.servlet.WebhookFilter</filter-class>
                <async-supported>true</async-supported>
                <init-param>
                  <param-name>sender</param-name>
                  <param-value>zorio</param-value>
                </init-param>
              </filter>
              <filter-mapping>
                <filter-name>zorio</filter-name>
                <url-pattern>/hooks/zorio</url-pattern>
              </filter-mapping>
            </web-app>
            """;

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(ServletDoorwayIT.class)
            .deploy(
                    "/servlet",
                    common(Deployments.filterWar("servlet"))
                            .deleteClasses(EchoResource.class, EchoApplication.class)
                            .setWebXML(new StringAsset(WEB_XML)))
            .systemProperties(Secrets.properties());

    @Override
    URI application() {
        return SERVER.uri("servlet/");
    }
}
