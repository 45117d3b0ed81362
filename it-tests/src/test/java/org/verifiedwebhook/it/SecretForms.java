package org.verifiedwebhook.it;

import java.util.ArrayList;
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
        List<String> webXml = new ArrayList<>();
        for (String sender : senders) {
            String tenant = sender.endsWith("-tenants") ? "\"tenant\": { \"from\": \"json:/tenant\" }," : "";
            war.addAsResource(
                    new StringAsset(SENDER.formatted(tenant)), "META-INF/webhook-senders/" + sender + ".json");
            webXml.add(WebXml.filter(sender, "/hooks/" + sender));
        }
        webXml.addAll(more);
        return war.setWebXML(WebXml.of(webXml.toArray(String[]::new)));
    }
}
