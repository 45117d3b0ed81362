package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;

class OpenTelemetryMetricsTest {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final AtomicLong held = new AtomicLong();
    private final OpenTelemetryMetrics metrics = new OpenTelemetryMetrics(
            OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build(),
            held::get);

    private static WebhookOutcome outcome(WebhookOutcome.Kind kind, Reason reason, String tenant, Assurance assurance) {
        return new WebhookOutcome(
                Instant.EPOCH,
                "zorio",
                kind,
                Optional.ofNullable(reason),
                Optional.ofNullable(tenant),
                Optional.of("id"),
                Optional.empty(),
                Optional.ofNullable(assurance),
                Optional.empty(),
                "192.0.2.1",
                "POST",
                "/hooks",
                200,
                Duration.ofMillis(250));
    }

    private static WebhookOutcome accepted(String tenant, Assurance assurance) {
        return outcome(WebhookOutcome.Kind.ACCEPTED, null, tenant, assurance);
    }

    private MetricData metric(Collection<MetricData> all, String name) {
        return all.stream().filter(m -> m.getName().equals(name)).findFirst().orElseThrow();
    }

    private Map<Attributes, Long> requests() {
        return metric(reader.collectAllMetrics(), "webhook.requests").getLongSumData().getPoints().stream()
                .collect(Collectors.toMap(LongPointData::getAttributes, LongPointData::getValue));
    }

    private static Attributes attributes(String outcome) {
        return Attributes.of(OpenTelemetryMetrics.SENDER, "zorio", OpenTelemetryMetrics.OUTCOME, outcome);
    }

    @Test
    void outcomes_areCountedBySenderOutcomeReasonAndTenant() {
        metrics.accept(accepted("acme", Assurance.SIGNED));
        metrics.accept(accepted("acme", Assurance.SIGNED));
        metrics.accept(outcome(WebhookOutcome.Kind.REJECTED, Reason.SIGNATURE_MISMATCH, null, null));
        assertEquals(
                Map.of(
                        attributes("accepted").toBuilder()
                                .put(OpenTelemetryMetrics.TENANT, "acme")
                                .build(),
                        2L,
                        attributes("rejected").toBuilder()
                                .put(OpenTelemetryMetrics.REASON, "signature-mismatch")
                                .build(),
                        1L),
                requests());
    }

    @Test
    void durationAndBodies_areMeasured() {
        held.set(77);
        metrics.accept(accepted("acme", Assurance.SIGNED));
        Collection<MetricData> all = reader.collectAllMetrics();
        assertEquals(
                0.25,
                metric(all, "webhook.duration")
                        .getHistogramData()
                        .getPoints()
                        .iterator()
                        .next()
                        .getSum());
        assertEquals(
                77,
                metric(all, "webhook.bodies.held")
                        .getLongGaugeData()
                        .getPoints()
                        .iterator()
                        .next()
                        .getValue());
    }

    /** Nothing proves it, so strangers could make a metric grow. */
    @Test
    void tenantOfAnUnsignedSender_isNoAttribute() {
        metrics.accept(accepted("acme", Assurance.IDENTIFIED));
        assertEquals(Map.of(attributes("accepted"), 1L), requests());
    }

    @Test
    void tenantsBeyondTheBound_areOne() {
        for (int i = 0; i < OpenTelemetryMetrics.MAX_TENANTS + 50; i++) {
            metrics.accept(accepted("tenant-" + i, Assurance.SIGNED));
        }
        metrics.accept(accepted("tenant-0", Assurance.SIGNED));
        Map<Attributes, Long> requests = requests();
        assertEquals(OpenTelemetryMetrics.MAX_TENANTS + 1, requests.size());
        Map<String, Long> byTenant = requests.entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().get(OpenTelemetryMetrics.TENANT), Map.Entry::getValue));
        assertEquals(2, byTenant.get("tenant-0"));
        assertEquals(50, byTenant.get("_OTHER"));
        assertTrue(byTenant.containsKey("tenant-199"));
    }
}
