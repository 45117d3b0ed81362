package org.verifiedwebhook.jaxrs;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.sender.Assurance;

/** Outcomes as metrics of OpenTelemetry. Loaded by {@link Metrics} alone. */
final class OpenTelemetryMetrics implements Consumer<WebhookOutcome> {

    /** Tenants told apart; the others are one, or a metric would grow with them. */
    static final int MAX_TENANTS = 200;

    static final AttributeKey<String> SENDER = AttributeKey.stringKey("webhook.sender");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("webhook.outcome");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("webhook.reason");
    static final AttributeKey<String> TENANT = AttributeKey.stringKey("webhook.tenant");

    private static final String OTHER = "_OTHER";

    private final LongCounter requests;
    private final DoubleHistogram duration;
    private final Set<String> tenants = ConcurrentHashMap.newKeySet();

    OpenTelemetryMetrics(OpenTelemetry telemetry, LongSupplier bodiesHeld) {
        Meter meter = telemetry.getMeter("org.verifiedwebhook");
        this.requests = meter.counterBuilder("webhook.requests")
                .setUnit("{request}")
                .setDescription("Requests, by what became of them")
                .build();
        this.duration = meter.histogramBuilder("webhook.duration")
                .setUnit("s")
                .setDescription("From the request to its answer")
                .build();
        meter.gaugeBuilder("webhook.bodies.held")
                .ofLongs()
                .setUnit("By")
                .setDescription("Bodies in memory")
                .buildWithCallback(measurement -> measurement.record(bodiesHeld.getAsLong()));
    }

    /** Measures by the bean of type {@link OpenTelemetry}; nothing, if there is none. */
    static Consumer<WebhookOutcome> ofBean(Instance<Object> beans, LongSupplier bodiesHeld) {
        Instance<OpenTelemetry> found = beans.select(OpenTelemetry.class);
        return found.isResolvable() ? new OpenTelemetryMetrics(found.get(), bodiesHeld) : outcome -> {};
    }

    @Override
    public void accept(WebhookOutcome outcome) {
        AttributesBuilder common = Attributes.builder()
                .put(SENDER, outcome.sender())
                .put(OUTCOME, outcome.kind().key());
        outcome.reason().ifPresent(reason -> common.put(REASON, reason.key()));
        duration.record(
                outcome.took().toNanos() / (double) Duration.ofSeconds(1).toNanos(), common.build());
        if (outcome.assurance().orElse(Assurance.IDENTIFIED) != Assurance.IDENTIFIED) {
            outcome.tenant().ifPresent(tenant -> common.put(TENANT, bounded(tenant)));
        }
        requests.add(1, common.build());
    }

    private String bounded(String tenant) {
        if (tenants.contains(tenant)) {
            return tenant;
        }
        synchronized (tenants) {
            if (tenants.size() < MAX_TENANTS) {
                tenants.add(tenant);
            }
        }
        return tenants.contains(tenant) ? tenant : OTHER;
    }
}
