package org.verifiedwebhook.it.contract;

import java.util.Map;
import java.util.TreeMap;

/** The secrets of the contract's senders, and the properties that configure them. */
public final class Secrets {

    public static final String EDGVOIP_ONE = "first-tenants-secret-of-more-than-64-characters-0123456789abcdefghij";
    public static final String EDGVOIP_TWO = "second-tenants-secret-of-more-than-64-characters-0123456789abcdefghi";
    public static final String CHAINDOC = "chaindoc-secret-of-more-than-64-characters-0123456789abcdefghijklmnop";
    public static final String CHAINDOC_V2 = "chaindoc-v2-secret-of-more-than-64-characters-0123456789abcdefghijklm";
    public static final String STATUS = "cloudonix-secret-of-more-than-64-characters-0123456789abcdefghijklmn";
    public static final String VOICE_ONE = "XI_token-of-organisation-one-0123456789";
    public static final String VOICE_TWO = "XI_token-of-organisation-two-0123456789";
    public static final String ZORIO = "abcdefghijklmnopqrstuvwxyz012345";
    public static final String SIGNALWIRE = "PSK-signing-key-of-more-than-32-characters";
    public static final String STRICT = "secret-of-a-sender-that-the-application-brings-along-0123456789abcdef";

    private Secrets() {}

    public static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("webhook.edgvoip.tenants.tenant-1.secret", EDGVOIP_ONE);
        properties.put("webhook.edgvoip.tenants.tenant-2.secret", EDGVOIP_TWO);
        properties.put("webhook.edgvoip.tenants.tenant-down.secret", ":an-alias-nobody-resolved");
        properties.put("webhook.chaindoc.secret", CHAINDOC);
        properties.put("webhook.chaindoc-v2.secret", CHAINDOC_V2);
        properties.put("webhook.cloudonix-status.secret", STATUS);
        properties.put("webhook.cloudonix-voice.tenants.1.secret", VOICE_ONE);
        properties.put("webhook.cloudonix-voice.tenants.2.secret", VOICE_TWO);
        properties.put("webhook.zorio.secret", ZORIO);
        properties.put("webhook.signalwire.secret", SIGNALWIRE);
        properties.put("webhook.signalwire.public-url", "https://hooks.example.com");
        properties.put("webhook.strict.secret", STRICT);
        properties.put("webhook.strict.require-https", "true");
        return properties;
    }
}
