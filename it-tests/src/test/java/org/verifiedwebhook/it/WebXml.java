package org.verifiedwebhook.it;

import org.jboss.shrinkwrap.api.asset.StringAsset;

/** Deployment descriptors. */
final class WebXml {

    private static final String FILTER = """
            <filter>
              <filter-name>%1$s</filter-name>
              <filter-class>org.verifiedwebhook.servlet.WebhookFilter</filter-class>
              <async-supported>true</async-supported>
              <init-param><param-name>sender</param-name><param-value>%1$s</param-value></init-param>
            </filter>
            <filter-mapping><filter-name>%1$s</filter-name><url-pattern>%2$s</url-pattern></filter-mapping>
            """;

    private WebXml() {}

    /** One of these elements. */
    static StringAsset of(String... elements) {
        return new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n"
                + String.join("\n", elements) + "</web-app>");
    }

    /** The servlet filter for a sender, under the sender's name. */
    static String filter(String sender, String pattern) {
        return FILTER.formatted(sender, pattern);
    }
}
