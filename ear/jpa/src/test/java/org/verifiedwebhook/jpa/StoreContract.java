package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;

/** What stored tenants and secrets promise, on every database and with every persistence provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {

    private static final Instant NOW = Instant.parse("2026-10-25T00:30:00.123Z");
    private static final Optional<String> ACME = Optional.of("acme");

    private final Map<String, String> settings = new HashMap<>();
    private final SecretCipher cipher = new SecretCipher(new MasterKeys(k -> Optional.ofNullable(settings.get(k))));
    private DataSource dataSource;
    private EntityManagerFactory unit;
    private Instant now;

    abstract DataSource emptyDatabase();

    abstract String provider();

    @BeforeAll
    void migrate() {
        dataSource = emptyDatabase();
        new Migrations(dataSource, getClass().getClassLoader()).run();
        unit = Databases.unit(provider(), dataSource);
    }

    @AfterAll
    void close() {
        unit.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        sql("delete from webhook_secret");
        sql("delete from webhook_tenant");
        settings.clear();
        settings.put("key", key(1));
        now = NOW;
        administer(s -> s.createTenant("acme", "Acme"));
    }

    @Test
    void storedSecret_isFound() {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");

        SecretSet found = find("edgvoip", ACME);

        assertEquals(List.of("one"), labels(found));
        assertEquals("0123456789abcdef-one", text(found.secrets().get(0)));
        assertEquals(Optional.of(NOW), found.secrets().get(0).validFrom());
    }

    @Test
    void storedSecret_isNotInTheTableInClear() throws SQLException {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");

        String row = ask("select concat(ciphertext, nonce, label, sender) from webhook_secret");

        assertFalse(row.contains("0123456789abcdef"));
        assertFalse(
                row.contains(Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void sameSecretTwice_looksDifferent() throws SQLException {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");
        add("edgvoip", ACME, "two", "0123456789abcdef-one");

        assertEquals("2", ask("select cast(count(distinct ciphertext) as varchar) from webhook_secret"));
        assertEquals("2", ask("select cast(count(distinct nonce) as varchar) from webhook_secret"));
    }

    @Test
    void senderWithoutTenants_isFound() {
        add("zorio", Optional.empty(), "only", "0123456789abcdef-zorio");
        add("zorio", ACME, "acme's", "0123456789abcdef-acme");

        assertEquals(List.of("only"), labels(find("zorio", Optional.empty())));
        assertEquals(List.of("acme's"), labels(find("zorio", ACME)));
    }

    @Test
    void secretOfOtherSenderOrTenant_isNotFound() {
        administer(s -> s.createTenant("other", "Other"));
        add("edgvoip", ACME, "one", "0123456789abcdef-one");

        assertTrue(find("zorio", ACME).isEmpty());
        assertTrue(find("edgvoip", Optional.of("other")).isEmpty());
        assertTrue(find("edgvoip", Optional.empty()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nobody",
                "ACME",
                "acme ",
                " acme",
                "acme\u0000",
                "acme\ud800",
                "\udc00acme",
                "a\u0301cme",
                "acme' or '1'='1",
                "%",
                "acm_"
            })
    void otherSpellingOfTenant_hasNone(String tenant) {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");

        assertTrue(find("edgvoip", Optional.of(tenant)).isEmpty());
    }

    @Test
    void longTenant_hasNone() {
        assertTrue(find("edgvoip", Optional.of("a".repeat(257))).isEmpty());
        assertTrue(find("edgvoip", Optional.of("a".repeat(10_000_000))).isEmpty());
        assertTrue(find("edgvoip", Optional.of("a".repeat(256))).isEmpty());
    }

    @Test
    void tenantOutsideAscii_isFound() {
        String name = "caff\u00e8 \ud83d\ude00";
        administer(s -> s.createTenant(name, "Caff\u00e8"));
        add("edgvoip", Optional.of(name), "one", "0123456789abcdef-one");

        assertEquals(List.of("one"), labels(find("edgvoip", Optional.of(name))));
        assertTrue(find("edgvoip", Optional.of("caffe\u0300 \ud83d\ude00")).isEmpty());
    }

    @Test
    void severalSecrets_newestFirst() {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");
        now = NOW.plusSeconds(1);
        add("edgvoip", ACME, "two", "0123456789abcdef-two");
        administer(s -> s.add(
                "edgvoip", ACME, Secret.ofText("soon", "0123456789abcdef-soon").validFrom(NOW.plusSeconds(60))));

        assertEquals(List.of("two", "one", "soon"), labels(find("edgvoip", ACME)));
        assertEquals(List.of("two", "one"), labels(find("edgvoip", ACME).activeAt(now)));
    }

    @Test
    void endedSecret_isNotFoundFromThatInstantOn() {
        String id = add("edgvoip", ACME, "one", "0123456789abcdef-one");
        administer(s -> s.end(id, NOW.plusSeconds(60)));

        now = NOW.plusSeconds(60).minusMillis(1);
        assertEquals(List.of("one"), labels(find("edgvoip", ACME)));
        assertEquals(List.of("one"), labels(find("edgvoip", ACME).activeAt(now)));
        assertTrue(find("edgvoip", ACME).activeAt(NOW.plusSeconds(60)).isEmpty());

        now = NOW.plusSeconds(60);
        assertTrue(find("edgvoip", ACME).isEmpty());
    }

    @Test
    void end_neverProlongs() {
        String id = add("edgvoip", ACME, "one", "0123456789abcdef-one");
        administer(s -> s.end(id, NOW.plusSeconds(60)));
        administer(s -> s.end(id, NOW.plusSeconds(600)));
        now = NOW.plusSeconds(60);
        assertTrue(find("edgvoip", ACME).isEmpty(), "ended then");
        administer(s -> s.end(id, NOW.plusSeconds(600)));
        assertTrue(find("edgvoip", ACME).isEmpty(), "and does not come back");
        now = NOW;
        assertEquals(List.of("one"), labels(find("edgvoip", ACME)), "the control");
        administer(s -> s.end(id, NOW.plusSeconds(10)));
        now = NOW.plusSeconds(10);
        assertTrue(find("edgvoip", ACME).isEmpty(), "earlier it can");
    }

    @Test
    void rotation_overlapsThenEnds() {
        add("edgvoip", ACME, "old", "0123456789abcdef-old");
        now = NOW.plusSeconds(10);
        administer(s -> s.rotate("edgvoip", ACME, Secret.ofText("new", "0123456789abcdef-new"), Duration.ofMinutes(5)));

        assertEquals(List.of("new", "old"), labels(find("edgvoip", ACME)));
        now = NOW.plusSeconds(310);
        assertEquals(List.of("new"), labels(find("edgvoip", ACME)));
    }

    @Test
    void rotation_neverProlongs() {
        String id = add("edgvoip", ACME, "old", "0123456789abcdef-old");
        administer(s -> s.end(id, NOW.plusSeconds(10)));
        administer(s -> s.rotate("edgvoip", ACME, Secret.ofText("new", "0123456789abcdef-new"), Duration.ofMinutes(5)));

        now = NOW.plusSeconds(10);
        assertEquals(List.of("new"), labels(find("edgvoip", ACME)));
    }

    @Test
    void rotationWithoutOverlap_endsTheOldAtOnce() {
        add("zorio", Optional.empty(), "old", "0123456789abcdef-old");
        administer(
                s -> s.rotate("zorio", Optional.empty(), Secret.ofText("new", "0123456789abcdef-new"), Duration.ZERO));

        assertEquals(List.of("new"), labels(find("zorio", Optional.empty())));
    }

    @Test
    void list_tellsEverythingButValues() {
        String id = add("edgvoip", ACME, "one", "0123456789abcdef-one");
        administer(s -> s.end(id, NOW));

        administer(s -> {
            List<SecretSummary> list = s.list("edgvoip", ACME);
            assertEquals(List.of(new SecretSummary(id, "edgvoip", ACME, "one", NOW, Optional.of(NOW), NOW)), list);
            assertFalse(list.toString().contains("0123456789abcdef"));
        });
    }

    @Test
    void listWithoutTenant_leavesOutTenants() {
        String id = add("zorio", Optional.empty(), "only", "0123456789abcdef-zorio");
        add("zorio", ACME, "acme's", "0123456789abcdef-acme");

        administer(s -> assertEquals(
                List.of(id),
                s.list("zorio", Optional.empty()).stream()
                        .map(SecretSummary::id)
                        .toList()));
    }

    @Test
    void inactiveTenant_hasNone() {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");
        administer(s -> s.setActive("acme", false));
        assertTrue(find("edgvoip", ACME).isEmpty());

        administer(s -> s.setActive("acme", true));
        assertEquals(List.of("one"), labels(find("edgvoip", ACME)));
    }

    @Test
    void demoRows_countInADemonstrationOnly() {
        administer(s -> {
            s.createDemoTenant("demo", "Demo");
            s.add("edgvoip", Optional.of("demo"), Secret.ofText("of demo tenant", "0123456789abcdef-one"));
            s.addDemo("edgvoip", ACME, Secret.ofText("demo", "0123456789abcdef-two"));
            s.addDemo("zorio", Optional.empty(), Secret.ofText("demo", "0123456789abcdef-two"));
        });

        assertTrue(find("edgvoip", Optional.of("demo")).isEmpty());
        assertTrue(find("edgvoip", ACME).isEmpty());
        assertTrue(find("zorio", Optional.empty()).isEmpty());
        assertEquals(List.of("demo"), labels(find("edgvoip", ACME, true)));
        assertEquals(List.of("demo"), labels(find("zorio", Optional.empty(), true)));
        assertEquals(List.of("of demo tenant"), labels(find("edgvoip", Optional.of("demo"), true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update webhook_secret set sender = 'zorio'",
                "update webhook_secret set tenant_id = null",
                "update webhook_secret set id = '00000000-0000-0000-0000-000000000000'",
                "update webhook_tenant set name = 'evil'",
                "update webhook_secret set ciphertext = concat('A', substring(ciphertext from 2)), nonce = nonce"
                        + " where substring(ciphertext from 1 for 1) <> 'A'",
                "update webhook_secret set ciphertext = concat('B', substring(ciphertext from 2))"
                        + " where substring(ciphertext from 1 for 1) = 'A'",
                "update webhook_secret set ciphertext = ''",
                "update webhook_secret set ciphertext = '!'",
                "update webhook_secret set nonce = 'AAAAAAAAAAAAAAAA'",
                "update webhook_secret set nonce = ''",
                "update webhook_secret set key_id = '00000000'"
            })
    void alteredRow_isUnavailableOrNone_neverASecret(String tampering) throws SQLException {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");
        boolean altered = sql(tampering) > 0;

        for (String sender : List.of("edgvoip", "zorio")) {
            for (Optional<String> tenant : List.of(ACME, Optional.<String>empty(), Optional.of("evil"))) {
                if (!altered) {
                    continue;
                }
                try {
                    assertTrue(find(sender, tenant).isEmpty(), sender + tenant);
                } catch (SecretUnavailableException e) {
                    assertTrue(e.getMessage().contains("'one' of " + sender), e.getMessage());
                    assertFalse(e.toString().contains("0123456789abcdef"));
                }
            }
        }
    }

    @Test
    void swappedCiphertexts_areUnavailable() throws SQLException {
        administer(s -> s.createTenant("other", "Other"));
        add("edgvoip", ACME, "one", "0123456789abcdef-one");
        String otherId = add("edgvoip", Optional.of("other"), "two", "0123456789abcdef-two");
        sql("update webhook_secret set ciphertext = (select ciphertext from webhook_secret where label = 'one'),"
                + " nonce = (select nonce from webhook_secret where label = 'one') where id = '" + otherId + "'");

        assertThrows(SecretUnavailableException.class, () -> find("edgvoip", Optional.of("other")));
    }

    @Test
    void rotatedMasterKey_readsOldAndWritesNew() {
        add("edgvoip", ACME, "old", "0123456789abcdef-old");
        settings.put("key", key(2));
        SecretUnavailableException lost = assertThrows(SecretUnavailableException.class, () -> find("edgvoip", ACME));
        assertTrue(lost.getMessage().contains("webhook/jpa/key-previous"), lost.getMessage());

        settings.put("key-previous", key(1));
        now = NOW.plusSeconds(1);
        add("edgvoip", ACME, "new", "0123456789abcdef-new");
        assertEquals(List.of("new", "old"), labels(find("edgvoip", ACME)));

        administer(s -> assertEquals(1, s.reencrypt()));
        settings.remove("key-previous");
        assertEquals(
                "0123456789abcdef-old", text(find("edgvoip", ACME).secrets().get(1)));
    }

    @Test
    void missingMasterKey_isUnavailableOnlyWhereThereAreSecrets() {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");
        settings.clear();

        assertTrue(find("zorio", Optional.empty()).isEmpty());
        SecretUnavailableException e = assertThrows(SecretUnavailableException.class, () -> find("edgvoip", ACME));
        assertTrue(e.getMessage().contains("webhook/jpa/key is missing"), e.getMessage());
    }

    @Test
    void brokenStore_isUnavailable() throws SQLException {
        sql("alter table webhook_secret rename to webhook_secret_away");
        try {
            assertThrows(SecretUnavailableException.class, () -> find("edgvoip", ACME));
        } finally {
            sql("alter table webhook_secret_away rename to webhook_secret");
        }
    }

    @Test
    void closedStore_isUnavailable() {
        EntityManagerFactory closed = Databases.unit(provider(), dataSource);
        EntityManager entities = closed.createEntityManager();
        closed.close();

        JpaSecretProvider provider = new JpaSecretProvider(entities, cipher, Clock.systemUTC(), () -> false);
        assertThrows(SecretUnavailableException.class, () -> provider.secretsFor(new SecretRequest("edgvoip", ACME)));
    }

    @Test
    void wrongArguments_areRefused() {
        Secret good = Secret.ofText("label", "0123456789abcdef");
        refused(s -> s.createTenant("acme", "again"));
        refused(s -> s.createTenant("nul\u0000", "t"));
        refused(s -> s.createTenant("lone\ud800", "t"));
        refused(s -> s.createTenant("blank ", "t"));
        refused(s -> s.createTenant("a".repeat(257), "t"));
        refused(s -> s.createTenant("fine", ""));
        refused(s -> s.add("edgvoip", Optional.of("nobody"), good));
        refused(s -> s.add("", ACME, good));
        refused(s -> s.add("edgvoip", ACME, Secret.ofText("short", "0123456789abcde")));
        refused(s -> s.add("edgvoip", ACME, Secret.ofText("long", "a".repeat(1025))));
        refused(s -> s.add("edgvoip", ACME, Secret.ofText("", "0123456789abcdef")));
        refused(s -> s.add("edgvoip", ACME, good.validUntil(NOW)));
        refused(s -> s.end("nothing", NOW));
        refused(s -> s.rotate("edgvoip", ACME, good, Duration.ofSeconds(-1)));
        refused(s -> s.setActive("nobody", true));
    }

    @Test
    void longestSecretAndNames_fit() {
        String name = "\u00e8".repeat(256);
        administer(s -> s.createTenant(name, "t".repeat(200)));
        add("s".repeat(64), Optional.of(name), "l".repeat(100), "x".repeat(1024));

        assertEquals(
                "x".repeat(1024),
                text(find("s".repeat(64), Optional.of(name)).secrets().get(0)));
    }

    @Test
    void migrationsAgain_changeNothing() {
        add("edgvoip", ACME, "one", "0123456789abcdef-one");

        new Migrations(dataSource, getClass().getClassLoader()).run();

        assertEquals(List.of("one"), labels(find("edgvoip", ACME)));
    }

    @Test
    void applicationsMigrations_runAfterOurs() throws SQLException {
        assertEquals("1", ask("select cast(count(*) as varchar) from application_table"));
    }

    private void refused(Consumer<TenantSecrets> work) {
        assertThrows(IllegalArgumentException.class, () -> administer(work));
    }

    private String add(String sender, Optional<String> tenant, String label, String value) {
        String[] id = new String[1];
        administer(s -> id[0] = s.add(sender, tenant, Secret.ofText(label, value)));
        return id[0];
    }

    private void administer(Consumer<TenantSecrets> work) {
        try (EntityManager entities = unit.createEntityManager()) {
            entities.getTransaction().begin();
            try {
                work.accept(new TenantSecrets(entities, cipher, clock()));
                entities.getTransaction().commit();
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        }
    }

    private SecretSet find(String sender, Optional<String> tenant) {
        return find(sender, tenant, false);
    }

    private SecretSet find(String sender, Optional<String> tenant, boolean demo) {
        try (EntityManager entities = unit.createEntityManager()) {
            return new JpaSecretProvider(entities, cipher, clock(), () -> demo)
                    .secretsFor(new SecretRequest(sender, tenant));
        }
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private int sql(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.createStatement().executeUpdate(statement);
        }
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static List<String> labels(SecretSet secrets) {
        return secrets.secrets().stream().map(Secret::label).toList();
    }

    private static String text(Secret secret) {
        return new String(secret.bytes(), StandardCharsets.UTF_8);
    }

    static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
