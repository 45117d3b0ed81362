package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Assurance;

/** A vector of one of the five real senders. */
record SenderVector(JsonObject json) implements VectorsTest.Vector {

    private static final String PROXY = "10.0.0.9";
    private static final Set<String> KNOWN = Set.of(
            "id",
            "provider",
            "scheme",
            "description",
            "tenants",
            "secrets",
            "signedWith",
            "organizations",
            "nowEpochSeconds",
            "publicUrl",
            "config",
            "request",
            "expected",
            "reason",
            "witness",
            "deviation",
            "tenant",
            "organizationId",
            "authenticated",
            "responseFormat",
            "status",
            "sampleStatus");

    static List<SenderVector> all(JsonObject file) {
        VectorJson.checkKnown(file, "file", Set.of("set", "count", "about", "vectors"));
        List<SenderVector> vectors = file.getJsonArray("vectors").getValuesAs(JsonObject.class).stream()
                .map(SenderVector::new)
                .toList();
        assertEquals(file.getInt("count"), vectors.size(), "count");
        return vectors;
    }

    @Override
    public String id() {
        return json.getString("id");
    }

    @Override
    public void check() {
        VectorJson.checkKnown(json, id(), KNOWN);
        String sender = sender();
        WebhookGate gate = gate(UnaryOperator.identity());
        WebhookRequest request = request(gate);
        Verdict verdict = gate.verify(sender, request);
        assertEquals(VectorJson.valid(json), verdict instanceof Verdict.Verified, () -> "verdict: " + verdict);
        if (verdict instanceof Verdict.Verified verified) {
            checkDelivery(verified.delivery());
        }
        checkAnswer(gate.admit(sender, request));
    }

    private void checkDelivery(WebhookDelivery delivery) {
        if (json.containsKey("tenant")) {
            assertEquals(Optional.of(json.getString("tenant")), delivery.tenant());
        }
        if (json.containsKey("organizationId")) {
            assertEquals(Optional.of(Integer.toString(json.getInt("organizationId"))), delivery.tenant());
        }
        if (json.containsKey("authenticated")) {
            assertEquals(json.getBoolean("authenticated"), delivery.assurance() != Assurance.IDENTIFIED);
        }
        if (json.containsKey("signedWith")) {
            assertEquals(Optional.of("secret-" + json.getInt("signedWith")), delivery.secretLabel());
        }
    }

    private void checkAnswer(Admission admission) {
        assertEquals(VectorJson.valid(json), admission instanceof Admission.Admitted);
        if (json.containsKey("responseFormat") && admission instanceof Admission.Answered answered) {
            assertEquals("cxml", json.getString("responseFormat"));
            Answer answer = answered.answer();
            assertEquals("application/xml", answer.headers().get("Content-Type"));
            assertTrue(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8).contains("<Response>"));
        }
    }

    String sender() {
        return json.getString("provider");
    }

    /** A gate as the vector wants it, whose secrets {@code changed} may have spoilt. */
    WebhookGate gate(UnaryOperator<String> changed) {
        return WebhookGate.builder()
                .settings(Settings.of(settings()))
                .secrets(secrets(changed))
                .tenants(organizations().isEmpty() ? TenantResolver.identity() : this::organizations)
                .clock(VectorJson.clock(json))
                .build();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        JsonObject config = json.getJsonObject("config");
        if (config != null) {
            VectorJson.checkKnown(config, "config", Set.of("trustForwardedHeaders"));
            if (config.getBoolean("trustForwardedHeaders")) {
                settings.put("webhook/trusted-proxies", PROXY);
            }
        } else if (json.containsKey("publicUrl")) {
            settings.put("webhook/" + json.getString("provider") + "/endpoint-url", json.getString("publicUrl"));
        }
        return settings;
    }

    WebhookRequest request(WebhookGate gate) {
        JsonObject request = json.getJsonObject("request");
        WebhookRequest raw =
                VectorJson.request(request, request.getString("url")).build();
        URI uri = URI.create(request.getString("url"));
        PublicUrl.Called called = gate.publicUrl(sender())
                .of(new PublicUrl.Seen(
                        uri.getScheme(),
                        uri.getRawAuthority(),
                        uri.getRawPath(),
                        Optional.ofNullable(uri.getRawQuery()),
                        PROXY,
                        raw.header("X-Forwarded-Proto"),
                        raw.header("X-Forwarded-Host"),
                        raw.header("X-Forwarded-For")));
        boolean rebuilt = json.containsKey("publicUrl") && VectorJson.valid(json);
        if (rebuilt) {
            assertEquals(json.getString("publicUrl"), called.url());
        }
        return VectorJson.request(request, called.url())
                .address(called.address())
                .secure(called.secure())
                .build();
    }

    private List<JsonObject> organizations() {
        return json.containsKey("organizations")
                ? json.getJsonArray("organizations").getValuesAs(JsonObject.class)
                : List.of();
    }

    private List<String> organizations(org.verifiedwebhook.secret.TenantClaims claims) {
        List<String> byDid = organizationsWith("dids", claims.get("did"));
        if (!byDid.isEmpty()) {
            return byDid;
        }
        List<String> byExtension = organizationsWith("extensions", claims.get("extension"));
        return byExtension.isEmpty() ? byDomain(claims.get("tenant")) : byExtension;
    }

    private List<String> organizationsWith(String member, Optional<String> value) {
        return organizations().stream()
                .filter(o -> value.isPresent() && VectorJson.texts(o, member).contains(value.get()))
                .map(o -> Integer.toString(o.getInt("organizationId")))
                .toList();
    }

    private List<String> byDomain(Optional<String> uuid) {
        return organizations().stream()
                .filter(o -> uuid.equals(Optional.of(o.getString("domainUuid"))))
                .map(o -> Integer.toString(o.getInt("organizationId")))
                .toList();
    }

    private SecretProvider secrets(UnaryOperator<String> changed) {
        Map<Optional<String>, SecretSet> sets = new LinkedHashMap<>();
        if (json.containsKey("tenants")) {
            JsonObject tenants = json.getJsonObject("tenants");
            tenants.keySet().forEach(t -> sets.put(Optional.of(t), set(VectorJson.texts(tenants, t), changed)));
        }
        for (JsonObject organization : organizations()) {
            sets.put(
                    Optional.of(Integer.toString(organization.getInt("organizationId"))),
                    set(List.of(organization.getString("domainRequestsApiKey")), changed));
        }
        sets.put(Optional.empty(), set(VectorJson.texts(json, "secrets"), changed));
        return request -> sets.getOrDefault(request.tenant(), SecretSet.none());
    }

    private static SecretSet set(List<String> texts, UnaryOperator<String> changed) {
        Secret[] secrets = new Secret[texts.size()];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = Secret.ofText("secret-" + i, changed.apply(texts.get(i)));
        }
        return SecretSet.of(secrets);
    }
}
