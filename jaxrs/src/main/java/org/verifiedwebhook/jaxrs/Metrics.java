package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.verifiedwebhook.WebhookOutcome;

/** Hands outcomes to OpenTelemetry if there is a bean of it; names no class of it, so that it may be missing. */
final class Metrics {

    private static final Logger LOG = System.getLogger(Metrics.class.getName());

    private Metrics() {}

    /** What measures outcomes; nothing, where there is no OpenTelemetry. */
    static Consumer<WebhookOutcome> ofTheApplication(LongSupplier bodiesHeld) {
        try {
            return OpenTelemetryMetrics.ofBean(CDI.current(), bodiesHeld);
        } catch (LinkageError absent) {
            return outcome -> {};
        } catch (RuntimeException e) {
            // Of the server's making; no webhook is to be lost for it.
            LOG.log(Level.WARNING, "OpenTelemetry is there and cannot be used; webhooks are not measured.", e);
            return outcome -> {};
        }
    }
}
