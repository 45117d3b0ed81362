package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.embedded.CapturedLog;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SettingName;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Dedupe;
import org.verifiedwebhook.sender.Reason;

/** What an operator can set, and how a mistake is told. */
class SenderSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "zorio/tolerance, 300-canary, PT5M",
        "zorio/tolerance, PT0S, positive",
        "zorio/tolerance, -PT5M, positive",
        "zorio/scheme, canary, hmac-sha256",
        "zorio/tenant-from, canary, header:",
        "zorio/tenant-from, json:canary, header:",
        "zorio/tenant-from, path:0, path:",
        "zorio/max-body, canary, whole number",
        "zorio/max-body, -1, whole number",
        "zorio/max-body, 0, at least 1 byte",
        "zorio/retention, canary, PT5M",
        "zorio/retention, PT23H, 24 hours",
        "zorio/handle-copies, canary, true or false",
        "zorio/handle-copies, TRUE, true or false",
        "zorio/reveal-unknown-tenants, canary, true or false",
        "zorio/lease, canary, PT5M",
        "zorio/lease, PT4.999S, from PT5S to PT1H",
        "zorio/lease, PT1H0.001S, from PT5S to PT1H",
        "zorio/read-within, canary, PT5M",
        "zorio/read-within, PT0.999S, from PT1S to PT10M",
        "zorio/read-within, PT10M0.001S, from PT1S to PT10M",
        "zorio/require-https, canary, true or false"
    })
    void wrongValue_namesSettingAndCureAndNotTheValue(String setting, String value, String cure) {
        TestGate gate = TestGate.of(setting, value);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> gate.gate.sender("zorio"));
        assertTrue(e.getMessage().contains("webhook/" + setting), e.getMessage());
        assertTrue(e.getMessage().contains(cure), e.getMessage());
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("canary"), trace::toString);
    }

    @Test
    void unknownSender_namesTheBuiltInOnesAndTheCure() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> TestGate.of().gate.sender("zorrio"))
                .getMessage();
        assertTrue(message.contains("zorio") && message.contains("META-INF/webhook-senders/zorrio.json"), message);
    }

    @Test
    void unsignedSenderWhoseTenantsNobodyKnows_isRefused() {
        TestGate gate = TestGate.with(b -> b.tenants(TenantResolver.identity()));
        String message = assertThrows(IllegalArgumentException.class, () -> gate.gate.sender("cloudonix-cdr"))
                .getMessage();
        assertTrue(message.contains("webhook/cloudonix-cdr/known-tenants"), message);
        gate.gate.sender("edgvoip");
    }

    @Test
    void knownTenants_admitsThoseOnly() {
        TestGate gate = TestGate.with(
                b -> b.tenants(TenantResolver.identity()), "cloudonix-cdr/known-tenants", " acme,\n globex ");
        assertInstanceOf(Verdict.Verified.class, gate.verify(SignedRequests.cdr("acme")));
        assertInstanceOf(Verdict.Verified.class, gate.verify(SignedRequests.cdr("globex")));
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(SignedRequests.cdr("other")));
        assertEquals(Reason.TENANT_UNKNOWN, gate.reason(SignedRequests.cdr("acme,")));
    }

    @Test
    void signatureHeader_isTheOnlyOneThatCounts() {
        TestGate gate = TestGate.of("cloudonix-status/signature-header", "X-Own");
        Draft draft = SignedRequests.status("x");
        assertEquals(Reason.SIGNATURE_MISSING, gate.reason(draft));
        assertInstanceOf(
                Verdict.Verified.class,
                gate.verify(draft.header("x-own", draft.goodTag()).tag("wrong")));
    }

    @ParameterizedTest
    @CsvSource({
        "header:X-Tenant, ''",
        "query:t, ?t=acme",
        "path:2, /hooks/acme/x",
        "path:-2, /hooks/acme/x",
        "json:/event, ''"
    })
    void tenantFromElsewhere_selectsTheSecret(String source, String tail) {
        TestGate gate = TestGate.of("zorio/tenant-from", source);
        Draft draft = SignedRequests.zorio("acme").header("X-Tenant", "acme").url("https://h.example" + tail);
        assertEquals(java.util.Optional.of("acme"), gate.delivery(draft).tenant());
    }

    @ParameterizedTest
    @CsvSource({
        "query:t, ?t=acme&t=acme, TENANT_INVALID",
        "query:t, ?t=acme%00, TENANT_INVALID",
        "query:t, ?t=%FF, TENANT_INVALID",
        "query:t, ?t=, TENANT_MISSING",
        "query:t, ?T=acme, TENANT_MISSING",
        "query:t, '', TENANT_MISSING",
        "path:1, /acme;x, TENANT_INVALID",
        "path:1, /a%0a, TENANT_INVALID",
        "path:1, /, TENANT_MISSING",
        "path:9, /acme, TENANT_MISSING",
        "path:1, /ACME, TENANT_UNKNOWN",
        "path:1, /acme%2f, TENANT_UNKNOWN",
        "path:1, /globex, SIGNATURE_MISMATCH"
    })
    void hostileTenantElsewhere_isRefused(String source, String tail, Reason reason) {
        TestGate gate = TestGate.of("zorio/tenant-from", source);
        assertEquals(reason, gate.reason(SignedRequests.zorio("x").url("https://h.example" + tail)));
    }

    @Test
    void tenantInTwoHeaderLines_isRefused() {
        TestGate gate = TestGate.of("zorio/tenant-from", "header:X-Tenant");
        assertEquals(
                Reason.TENANT_INVALID, gate.reason(SignedRequests.zorio("x").header("X-Tenant", "acme", "acme")));
        assertEquals(
                Reason.TENANT_INVALID, gate.reason(SignedRequests.zorio("x").header("X-Tenant", "acme", "globex")));
        assertEquals(List.of(), gate.asked);
    }

    @Test
    void secretsFromSettings_verifyAndRotate() {
        WebhookGate gate = WebhookGate.builder()
                .settings(Settings.of(Map.of(
                        "webhook/chaindoc/secret", TestGate.OTHER_SECRET,
                        "webhook/chaindoc/secret-previous", SignedRequests.SECRET,
                        "webhook/chaindoc/secret-previous-until", "2026-01-01T00:00:01Z")))
                .clock(java.time.Clock.fixed(SignedRequests.NOW, java.time.ZoneOffset.UTC))
                .build();
        Verdict verdict = gate.verify("chaindoc", SignedRequests.chaindoc().build());
        WebhookDelivery delivery =
                assertInstanceOf(Verdict.Verified.class, verdict).delivery();
        assertEquals(java.util.Optional.of("secret-previous"), delivery.secretLabel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT10M"})
    void timeToArrive_isTakenAtItsBounds(String value) {
        assertEquals(
                Duration.parse(value),
                TestGate.of("zorio/read-within", value).gate.readWithin("zorio"));
        assertEquals(
                Duration.parse(value), TestGate.of("read-within", value).gate.readWithin("zorio"));
        assertEquals(Duration.ofSeconds(10), TestGate.of().gate.readWithin("zorio"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5S", "PT1H"})
    void lease_isTakenAtItsBounds(String value) {
        assertEquals(
                "zorio", TestGate.of("zorio/lease", value).gate.sender("zorio").name());
    }

    @Test
    void reading_isNonBlockingUnlessTheOperatorSaysOtherwise() {
        assertFalse(TestGate.of().gate.readsBlocking());
        assertFalse(TestGate.of("reading", "non-blocking").gate.readsBlocking());
        assertTrue(TestGate.of("reading", "blocking").gate.readsBlocking());
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> TestGate.of("reading", "canary").gate.readsBlocking())
                .getMessage();
        assertEquals("setting webhook/reading: must be non-blocking or blocking", message);
    }

    @Test
    void copiesAndRetention_areAsTheOperatorSays() {
        assertEquals(
                Dedupe.NONE,
                TestGate.of("zorio/handle-copies", "true").gate.sender("zorio").dedupe());
        assertEquals(
                Dedupe.SIGNATURE,
                TestGate.of("zorio/handle-copies", "false").gate.sender("zorio").dedupe());
        assertEquals(
                Duration.ofHours(48),
                TestGate.of("zorio/retention", "PT48H")
                        .gate
                        .sender("zorio")
                        .limits()
                        .retention());
    }

    @Test
    void longestBody_mustFitIntoTheMemoryForOne() {
        String budget = Integer.toString(1 << 20);
        int largest = (1 << 20) - (1 << 18);
        assertEquals(
                largest,
                TestGate.of("body-budget", budget, "zorio/max-body", Integer.toString(largest))
                        .gate
                        .sender("zorio")
                        .limits()
                        .maxBody());
        TestGate tooLong = TestGate.of("body-budget", budget, "zorio/max-body", Integer.toString(largest + 1));
        String message = assertThrows(IllegalArgumentException.class, () -> tooLong.gate.sender("zorio"))
                .getMessage();
        assertTrue(message.contains("raise webhook/body-budget"), message);
    }

    @Test
    void urlThatOnlyTheRequestTells_isWarnedOfWhereItIsSigned() {
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            TestGate.of("signalwire/public-url", "https://hooks.example.com")
                    .gate
                    .sender("signalwire");
            TestGate.of().gate.sender("zorio");
            assertEquals(0, log.count("signs the URL it calls"), log::text);
            TestGate.of().gate.sender("signalwire");
            assertEquals(1, log.count("sender signalwire signs the URL it calls", "webhook/signalwire/public-url"));
        }
    }

    @Test
    void senderInUse_isCountedFromNoughtAndShownUntilTheEnd() throws Exception {
        TestGate gate = TestGate.of();
        gate.gate.sender("zorio");
        assertEquals(Set.of("zorio"), gate.gate.counters().senders());
        Runnable end = gate.gate.publishCounters("settings-test");
        ObjectName name = new ObjectName("org.verifiedwebhook:type=Webhooks,name=\"settings-test\"");
        assertTrue(ManagementFactory.getPlatformMBeanServer().isRegistered(name));
        end.run();
        assertFalse(ManagementFactory.getPlatformMBeanServer().isRegistered(name));
    }

    /** A filter's own secret counts for that filter, unless the application looks secrets up itself. */
    @Test
    void secretThatStandsFirst_isUsedUnlessTheApplicationHasAProvider() {
        Draft draft = SignedRequests.zorio("x");
        WebhookGate base = WebhookGate.builder().settings(Settings.of(Map.of())).build();
        assertInstanceOf(
                Verdict.Rejected.class,
                base.precededBy(name -> Optional.empty()).verify("zorio", now(draft)));
        assertInstanceOf(
                Verdict.Verified.class,
                base.precededBy(SenderSettingsTest::secret).verify("zorio", now(draft)));
        WebhookGate provided = WebhookGate.builder()
                .settings(Settings.of(Map.of()))
                .secrets(r -> SecretSet.none())
                .build();
        assertInstanceOf(
                Verdict.Rejected.class,
                provided.precededBy(SenderSettingsTest::secret).verify("zorio", now(draft)));
    }

    private static Optional<String> secret(SettingName name) {
        return name.toString().equals("webhook/zorio/secret") ? Optional.of(SignedRequests.SECRET) : Optional.empty();
    }

    /** Zorio signs no time. */
    private static WebhookRequest now(Draft draft) {
        return draft.header("X-Zorio-Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .build();
    }
}
