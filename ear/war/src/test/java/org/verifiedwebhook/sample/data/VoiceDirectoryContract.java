package org.verifiedwebhook.sample.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.jpa.TestStore;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.TenantClaims;

/** What the demo's data, the voice directory and the tenant resolver promise, on every database and by every provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VoiceDirectoryContract {

    static final String ECLIPSELINK = "org.eclipse.persistence.jpa.PersistenceProvider";
    static final String HIBERNATE = "org.hibernate.jpa.HibernatePersistenceProvider";

    private TestStore store;

    abstract TestStore open();

    @BeforeAll
    void loadDemoTwice() {
        store = open();
        for (int i = 0; i < 2; i++) {
            store.inTransaction(entities -> {
                new DemoData(entities, store.secrets(entities)).load();
                return null;
            });
        }
        store.inTransaction(entities -> {
            OrganisationRow real = new OrganisationRow(new Organisation(30, "Real", "real-domain"), false);
            entities.persist(real);
            entities.persist(new DidRow("+390000", real));
            entities.persist(new ExtensionRow(30, real, "1001"));
            return null;
        });
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void did_namesItsOrganisation() {
        assertEquals(List.of("1"), tenants(true, "cloudonix-voice", Map.of("did", "+14155559999")));
    }

    @Test
    void didAndExtension_didDecides() {
        assertEquals(
                List.of("2"), tenants(true, "cloudonix-voice", Map.of("did", "+14155558888", "extension", "1001")));
    }

    @Test
    void sharedExtension_namesAllOrganisations() {
        assertEquals(List.of("1", "30"), tenants(true, "cloudonix-voice", Map.of("did", "+1999", "extension", "1001")));
        assertEquals(List.of("2"), tenants(true, "cloudonix-voice", Map.of("extension", "2001")));
    }

    @Test
    void domain_namesItsOrganisation() {
        assertEquals(
                List.of("1"), tenants(true, "cloudonix-cdr", Map.of("tenant", "550e8400-e29b-41d4-a716-446655440000")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "550E8400-E29B-41D4-A716-446655440000",
                "550e8400-e29b-41d4-a716-446655440000 ",
                "a\u0000",
                "\ud800",
                "' or '1'='1"
            })
    void otherDomain_namesNobody(String domain) {
        assertEquals(List.of(), tenants(true, "cloudonix-cdr", Map.of("tenant", domain)));
        assertEquals(List.of(), tenants(true, "cloudonix-voice", Map.of("did", domain, "extension", domain)));
    }

    @Test
    void noClaims_nameNobody() {
        assertEquals(List.of(), tenants(true, "cloudonix-cdr", Map.of()));
        assertEquals(List.of(), tenants(true, "cloudonix-voice", Map.of()));
    }

    @Test
    void otherSender_isItsOwnTenant() {
        assertEquals(List.of("anything"), tenants(false, "edgvoip", Map.of("tenant", "anything")));
    }

    @Test
    void withoutTheSwitch_demoOrganisationsDoNotExist() {
        assertEquals(List.of(), tenants(false, "cloudonix-voice", Map.of("did", "+14155559999")));
        assertEquals(List.of("30"), tenants(false, "cloudonix-voice", Map.of("extension", "1001")));
        assertEquals(
                List.of(), tenants(false, "cloudonix-cdr", Map.of("tenant", "550e8400-e29b-41d4-a716-446655440000")));
        assertEquals(List.of("30"), tenants(false, "cloudonix-cdr", Map.of("tenant", "real-domain")));
    }

    @Test
    void withoutTheSwitch_demoSecretsDoNotExist() {
        DemoData.SHARED.keySet().forEach(sender -> {
            assertEquals(List.of(), values(false, sender, Optional.empty()));
            assertEquals(List.of(DemoData.SHARED.get(sender)), values(true, sender, Optional.empty()));
        });
        DemoData.EDGVOIP.forEach((tenant, secret) -> {
            assertEquals(List.of(), values(false, "edgvoip", Optional.of(tenant)));
            assertEquals(List.of(secret), values(true, "edgvoip", Optional.of(tenant)));
        });
        DemoData.VOICE.forEach((tenant, token) -> {
            assertEquals(List.of(), values(false, "cloudonix-voice", Optional.of(tenant)));
            assertEquals(List.of(token), values(true, "cloudonix-voice", Optional.of(tenant)));
        });
    }

    @Test
    void numbers_areDialled() {
        assertEquals(Optional.of("+14155551001"), ask(true, d -> d.dialTarget(1, "+14155559999")));
        assertEquals(List.of("+14155551001"), ask(true, d -> d.dialTargets(1, "1001")));
        assertEquals(Optional.empty(), ask(true, d -> d.dialTarget(2, "1001")));
        assertEquals(Optional.empty(), ask(true, d -> d.dialTarget(1, "\u0000")));
    }

    @Test
    void menu_hasPromptAndChoices() {
        assertEquals(Optional.of("+14155551002"), ask(true, d -> d.ivrOption(1, "2")));
        assertEquals(Optional.empty(), ask(true, d -> d.ivrOption(1, "9")));
        assertEquals(Optional.empty(), ask(true, d -> d.ivrOption(30, "1")));
        assertTrue(ask(true, d -> d.ivrMenu(1)).orElseThrow().prompt().startsWith("Press 1"));
    }

    @Test
    void ringGroup_keepsItsOrder() {
        assertEquals(
                List.of("+14155551001", "+14155551002", "+14155551003"),
                ask(true, d -> d.ringGroup(1, "support")).orElseThrow().members());
        assertEquals(Optional.empty(), ask(true, d -> d.ringGroup(1, "SUPPORT")));
        assertEquals(Optional.empty(), ask(true, d -> d.ringGroup(30, "support")));
    }

    @Test
    void storeDown_isUnavailable() {
        EntityManager closed = store.inTransaction(entities -> entities);
        SampleTenantResolver resolver = new SampleTenantResolver(new OrganisationDirectory(closed, () -> true));

        assertThrows(
                SecretUnavailableException.class,
                () -> resolver.tenants(new TenantClaims("cloudonix-voice", Map.of("did", "+14155559999"))));
    }

    private List<String> tenants(boolean demo, String sender, Map<String, String> claims) {
        return ask(demo, directory -> new SampleTenantResolver(directory).tenants(new TenantClaims(sender, claims)));
    }

    private <T> T ask(boolean demo, Function<OrganisationDirectory, T> question) {
        return store.inTransaction(entities -> question.apply(new OrganisationDirectory(entities, () -> demo)));
    }

    private List<String> values(boolean demo, String sender, Optional<String> tenant) {
        return store
                .inTransaction(entities -> store.provider(entities, demo).secretsFor(new SecretRequest(sender, tenant)))
                .secrets()
                .stream()
                .map(Secret::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }
}
