package org.verifiedwebhook.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.verifiedwebhook.run.ServerProcess;

/** A copy of the domain that Payara Server brings, on the loopback address only, on ports of its own, with no cluster. */
final class PayaraDomain {

    static final String NAME = "domain1";

    private String xml;

    private PayaraDomain(String xml) {
        this.xml = xml;
    }

    /**
     * Copies the domain of {@code home} into {@code domains}, in place of what an earlier run has left there.
     *
     * @param name of the copy
     * @param ports where it is to listen: HTTP, then administration, then five more
     */
    static void make(Path home, Path domains, String name, List<Integer> ports, Map<String, String> properties)
            throws IOException {
        Path from = home.resolve("glassfish/domains").resolve(NAME);
        Path to = domains.resolve(name);
        ServerProcess.delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path file = to.resolve("config/domain.xml");
        PayaraDomain domain = new PayaraDomain(Files.readString(file));
        domain.configure(ports, properties);
        Files.writeString(file, domain.xml);
    }

    private void configure(List<Integer> ports, Map<String, String> properties) {
        replace(
                "network-listener port=\"8080\"",
                "network-listener address=\"127.0.0.1\" port=\"" + ports.get(0) + "\"");
        replace(
                "network-listener port=\"4848\"",
                "network-listener address=\"127.0.0.1\" port=\"" + ports.get(1) + "\"");
        replace(
                "network-listener port=\"8181\"",
                "network-listener address=\"127.0.0.1\" port=\"" + ports.get(2) + "\"");
        replace("address=\"0.0.0.0\" port=\"3700\"", "address=\"127.0.0.1\" port=\"" + ports.get(3) + "\"");
        replace("address=\"0.0.0.0\" port=\"3820\"", "address=\"127.0.0.1\" port=\"" + ports.get(4) + "\"");
        replace("address=\"0.0.0.0\" port=\"3920\"", "address=\"127.0.0.1\" port=\"" + ports.get(5) + "\"");
        replace("address=\"0.0.0.0\" port=\"8686\"", "address=\"127.0.0.1\" port=\"" + ports.get(6) + "\"");
        replace(
                "<hazelcast-config-specific-configuration>",
                "<hazelcast-config-specific-configuration enabled=\"false\">");
        // A broker on every address of the machine, unless told not to.
        replace(
                "<admin-service ",
                "<jms-service type=\"DISABLED\" default-jms-host=\"none\"><jms-host name=\"none\"/></jms-service><admin-service ");
        // A shell on a port of its own.
        replace(",org.apache.felix.shell.remote,", ",");
        // What threads.sh does: the default is 5.
        replace(
                "<thread-pool name=\"http-thread-pool\" ",
                "<thread-pool name=\"http-thread-pool\" max-thread-pool-size=\"200\" ");
        StringBuilder options = new StringBuilder("<jvm-options>-Xmx768m</jvm-options>");
        properties.forEach((name, value) -> options.append("<jvm-options>-D")
                .append(escape(name + "=" + value))
                .append("</jvm-options>"));
        replace("<jvm-options>-Xmx512m</jvm-options>", options.toString());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The first one: what follows is the template of further servers. */
    private void replace(String from, String to) {
        if (!xml.contains(from)) {
            throw new IllegalStateException("domain.xml has no " + from);
        }
        xml = xml.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
    }
}
