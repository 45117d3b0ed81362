package org.verifiedwebhook.embedded;

import java.util.Arrays;

/** A deployment descriptor in the making. */
final class WebXml {

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\" metadata-complete=\"true\">\n");

    /** A webhook filter in front of a path, for requests and dispatches of every kind. */
    WebXml filter(String name, String pattern, String... params) {
        text.append("<filter><filter-name>" + name + "</filter-name>"
                + "<filter-class>org.verifiedwebhook.servlet.WebhookFilter</filter-class>");
        for (int i = 0; i < params.length; i += 2) {
            text.append("<init-param><param-name>" + params[i] + "</param-name><param-value>" + params[i + 1]
                    + "</param-value></init-param>");
        }
        text.append("<async-supported>true</async-supported></filter>\n<filter-mapping><filter-name>" + name
                + "</filter-name><url-pattern>" + pattern + "</url-pattern>");
        for (String type : new String[] {"REQUEST", "FORWARD", "INCLUDE", "ASYNC", "ERROR"}) {
            text.append("<dispatcher>" + type + "</dispatcher>");
        }
        text.append("</filter-mapping>\n");
        return this;
    }

    /** A webhook filter in front of a path, for requests only, and as little as it needs. */
    WebXml filterOfRequests(String name, String pattern, boolean async) {
        return filterOfRequests(name, "zorio", pattern, async);
    }

    WebXml filterOfRequests(String name, String sender, String pattern, boolean async) {
        text.append("<filter><filter-name>" + name + "</filter-name>"
                + "<filter-class>org.verifiedwebhook.servlet.WebhookFilter</filter-class><async-supported>" + async
                + "</async-supported><init-param><param-name>sender</param-name><param-value>" + sender
                + "</param-value></init-param></filter>\n<filter-mapping><filter-name>" + name
                + "</filter-name><url-pattern>"
                + pattern + "</url-pattern></filter-mapping>\n");
        return this;
    }

    WebXml servlet(Class<?> type, String... patterns) {
        String name = type.getSimpleName();
        text.append("<servlet><servlet-name>" + name + "</servlet-name><servlet-class>" + type.getName()
                + "</servlet-class><async-supported>true</async-supported></servlet>\n");
        Arrays.stream(patterns)
                .forEach(p -> text.append("<servlet-mapping><servlet-name>" + name + "</servlet-name><url-pattern>" + p
                        + "</url-pattern></servlet-mapping>\n"));
        return this;
    }

    WebXml errorPage(int status, String location) {
        text.append("<error-page><error-code>" + status + "</error-code><location>" + location
                + "</location></error-page>\n");
        return this;
    }

    /** A setting as the component has it in {@code java:comp/env}. */
    WebXml envEntry(String name, String value) {
        text.append("<env-entry><env-entry-name>" + name + "</env-entry-name>"
                + "<env-entry-type>java.lang.String</env-entry-type><env-entry-value>" + value
                + "</env-entry-value></env-entry>\n");
        return this;
    }

    @Override
    public String toString() {
        return text + "</web-app>\n";
    }
}
