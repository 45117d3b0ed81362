package org.verifiedwebhook.sample.data;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.servlet.ServletContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.jpa.DemoMode;
import org.verifiedwebhook.jpa.TenantSecrets;
import org.verifiedwebhook.secret.Secret;

/**
 * Tenants and secrets to try the sample with. They are public, and so are loaded only while {@link DemoMode} is on; their
 * rows are marked, and verify nothing when a server is started without it.
 */
@ApplicationScoped
public class DemoData {

    /** The tenant and secret printed in EDGVoIP's own guide. */
    public static final Map<String, String> EDGVOIP = Map.of(
            "w3suite-tenant-001", "55d2d376b4c94e8e5394bcacae17076c670e0950d70a015ebf47d2e51482c595",
            "w3suite-tenant-002", "0f3b6f5c2f0b4d6f9a8f0a4be3f4c1d7f7c2b1a09d8e7f6a5b4c3d2e1f0a9b8c");

    /** The secret of each sender that has one for all. */
    public static final Map<String, String> SHARED = Map.of(
            "chaindoc", "whsec_demo_chaindoc_2f9f0c1b7a6d4e53",
            "chaindoc-v2", "whsec_demo_chaindoc_v2_8c1d3e5f7a9b0246",
            "cloudonix-status", "demo-cloudonix-status-secret-32-characters-or-more",
            "zorio", "ZorioDemoSecret0123456789abcdefA",
            "signalwire", "PSKdemoSignalwireSigningKey0123456789");

    /** The voice token of each organisation, by its id. */
    public static final Map<String, String> VOICE = Map.of(
            "1", "XI_abc123xyz_org_one_requests_key_0001",
            "2", "XI_org_two_requests_key_000000000002");

    private static final String LABEL = "demo";

    @PersistenceContext(unitName = "webhook")
    private EntityManager entities;

    private final TenantSecrets secrets;

    /** For CDI. */
    protected DemoData() {
        this(null, null);
    }

    @jakarta.inject.Inject
    DemoData(TenantSecrets secrets) {
        this(null, secrets);
    }

    DemoData(EntityManager entities, TenantSecrets secrets) {
        this.entities = entities;
        this.secrets = secrets;
    }

    @Transactional
    void atStart(
            @Observes @Priority(Interceptor.Priority.APPLICATION) @Initialized(ApplicationScoped.class)
                    ServletContext started) {
        if (DemoMode.on()) {
            load();
        }
    }

    /** Adds what is not there yet. */
    void load() {
        SHARED.forEach((sender, secret) -> secret(sender, Optional.empty(), secret));
        EDGVOIP.forEach((tenant, secret) -> tenant("edgvoip", tenant, "W3 Suite demo " + tenant, secret));
        organisation(
                new Organisation(1, "Demo organisation one", "550e8400-e29b-41d4-a716-446655440000"),
                "+14155559999",
                "1001",
                "+14155551001",
                new IvrMenu(
                        "Press 1 for sales, 2 for support.",
                        Map.of("1", "+14155551001", "2", "+14155551002", "0", "1001")),
                new RingGroup("support", List.of("+14155551001", "+14155551002", "+14155551003")));
        organisation(
                new Organisation(2, "Demo organisation two", "660e8400-e29b-41d4-a716-446655440000"),
                "+14155558888",
                "2001",
                "+14155552001",
                new IvrMenu("Press 1 for the office.", Map.of("1", "+14155552001")),
                new RingGroup("support", List.of("+14155552001", "+14155552002")));
    }

    private void organisation(
            Organisation organisation, String did, String extension, String target, IvrMenu menu, RingGroup group) {
        tenant("cloudonix-voice", organisation.tenant(), organisation.name(), VOICE.get(organisation.tenant()));
        long id = organisation.id();
        if (entities.find(OrganisationRow.class, id) != null) {
            return;
        }
        OrganisationRow row = new OrganisationRow(organisation, true);
        entities.persist(row);
        entities.persist(new DidRow(did, row));
        entities.persist(new ExtensionRow(id, row, extension));
        entities.persist(new RouteRow(2 * id - 1, id, did, 0, target));
        entities.persist(new RouteRow(2 * id, id, extension, 0, target));
        entities.persist(new IvrMenuRow(id, menu));
        entities.persist(new RingGroupRow(id, id, group));
    }

    private void tenant(String sender, String name, String title, String secret) {
        if (!secrets.tenantExists(name)) {
            secrets.createDemoTenant(name, title);
        }
        secret(sender, Optional.of(name), secret);
    }

    private void secret(String sender, Optional<String> tenant, String secret) {
        if (secrets.list(sender, tenant).stream().noneMatch(s -> s.label().equals(LABEL))) {
            secrets.addDemo(sender, tenant, Secret.ofText(LABEL, secret));
        }
    }
}
