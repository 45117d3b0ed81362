package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Senders;

/**
 * A vector of the catalogue of providers. Its file describes each scheme in the vocabulary of sender files, so each is
 * read as one.
 */
record ProviderVector(JsonObject json, JsonObject schemes) implements VectorsTest.Vector {

    private static final Set<String> KNOWN = Set.of(
            "id",
            "provider",
            "description",
            "secrets",
            "publicKeys",
            "certificates",
            "options",
            "request",
            "nowEpochSeconds",
            "expected",
            "reason",
            "sdkVerdict",
            "policy",
            "basis",
            "beyondKnobs");

    static List<ProviderVector> all(JsonObject file) {
        VectorJson.checkKnown(file, "file", Set.of("format", "set", "notes", "schemes", "vectors"));
        assertEquals("webhook-provider-vectors/1", file.getString("format"));
        JsonObject schemes = file.getJsonObject("schemes");
        return file.getJsonArray("vectors").getValuesAs(JsonObject.class).stream()
                .map(v -> new ProviderVector(v, schemes))
                .toList();
    }

    @Override
    public String id() {
        return json.getString("id");
    }

    @Override
    public void check() {
        VectorJson.checkKnown(json, id(), KNOWN);
        String provider = json.getString("provider");
        boolean described = schemes.containsKey(provider);
        if (json.getBoolean("beyondKnobs", false) && !described) {
            Assumptions.abort(provider + " needs code of its own, which does not exist yet");
        }
        WebhookGate gate = gate(provider);
        WebhookRequest request = VectorJson.request(
                        json.getJsonObject("request"),
                        json.getJsonObject("request").getString("url"))
                .build();
        Verdict verdict = gate.verify(provider, request);
        assertEquals(VectorJson.valid(json), verdict instanceof Verdict.Verified, () -> "verdict: " + verdict);
    }

    private WebhookGate gate(String provider) {
        Map<String, String> settings = new HashMap<>();
        JsonObject options = json.getJsonObject("options");
        VectorJson.checkKnown(options, "options", Set.of("toleranceSeconds", "keyId", "webhookId", "secretEncoding"));
        for (String name : List.of("keyId", "webhookId")) {
            if (options.containsKey(name)) {
                settings.put("webhook/" + provider + "/config/" + name, options.getString(name));
            }
        }
        return WebhookGate.builder()
                .senders(Senders.of(
                        Map.of(provider, senderFile(provider, options).toString())))
                .settings(Settings.of(settings))
                .secrets(this::secrets)
                .clock(VectorJson.clock(json))
                .build();
    }

    private JsonObject senderFile(String provider, JsonObject options) {
        JsonObject scheme = schemes.getJsonObject(provider);
        assertTrue(scheme != null, "the file does not describe " + provider);
        JsonObjectBuilder file = Json.createObjectBuilder(scheme);
        if (scheme.containsKey("timestamp")) {
            String tolerance = options.isNull("toleranceSeconds")
                    ? "none"
                    : Duration.ofSeconds(options.getInt("toleranceSeconds")).toString();
            file.add(
                    "timestamp",
                    Json.createObjectBuilder(scheme.getJsonObject("timestamp")).add("tolerance", tolerance));
        }
        return file.build();
    }

    private SecretSet secrets(SecretRequest request) {
        List<String> texts = new ArrayList<>(VectorJson.texts(json, "secrets"));
        texts.addAll(VectorJson.texts(json, "publicKeys"));
        request.keyId().flatMap(this::certificate).ifPresent(texts::add);
        Secret[] secrets = new Secret[texts.size()];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = Secret.ofText("secret-" + i, texts.get(i));
        }
        return SecretSet.of(secrets);
    }

    /** What an application does for PayPal: fetches certificates, and from PayPal only. */
    private Optional<String> certificate(String url) {
        return url.startsWith("https://api.paypal.com/")
                ? Optional.ofNullable(json.getJsonObject("certificates").getString(url, null))
                : Optional.empty();
    }
}
