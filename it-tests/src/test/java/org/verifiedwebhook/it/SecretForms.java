package org.verifiedwebhook.it;

import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.verifiedwebhook.it.contract.EchoApplication;
import org.verifiedwebhook.it.contract.EchoResource;
import org.verifiedwebhook.it.contract.Filters;

/** A WAR with a sender for each form of secret, each behind the servlet filter at {@code hooks/SENDER}. */
final class SecretForms {

    /** As Zorio signs. */
    private static final String SENDER = """
            {
              "alg": "hmac-sha256",
              "signature": [{ "from": "header:X-Zorio-Signature", "prefix": "sha256=" }],
              "encoding": "hex-lower",
              %s
              "content": "{body}"
            }
            """;

    private static final String FILTER = """
            <filter>
              <filter-name>%1$s</filter-name>
              <filter-class>org.verifiedwebhook.servlet.WebhookFilter</filter-class>
              <async-supported>true</async-supported>
              <init-param><param-name>sender</param-name><param-value>%1$s</param-value></init-param>
            </filter>
            <filter-mapping><filter-name>%1$s</filter-name><url-pattern>/hooks/%1$s</url-pattern></filter-mapping>
            """;

    private SecretForms() {}

    /** @param more of {@code web.xml} */
    static WebArchive war(List<String> senders, List<String> more) {
        return war(Deployments.filterWar("forms"), senders, more);
    }

    /** @param libraries a WAR with the filter */
    static WebArchive war(WebArchive libraries, List<String> senders, List<String> more) {
        WebArchive war = libraries
                .addPackage(Filters.class.getPackage())
                .deleteClasses(Filters.class, EchoResource.class, EchoApplication.class);
        StringBuilder webXml =
                new StringBuilder("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">");
        for (String sender : senders) {
            String tenant = sender.endsWith("-tenants") ? "\"tenant\": { \"from\": \"json:/tenant\" }," : "";
            war.addAsResource(
                    new StringAsset(SENDER.formatted(tenant)), "META-INF/webhook-senders/" + sender + ".json");
            webXml.append(FILTER.formatted(sender));
        }
        more.forEach(webXml::append);
        return war.setWebXML(new StringAsset(webXml + "</web-app>"));
    }
}
