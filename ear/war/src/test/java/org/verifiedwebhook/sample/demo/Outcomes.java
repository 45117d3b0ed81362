package org.verifiedwebhook.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.WebhookOutcome.Kind;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;

/** Outcomes as the engine would tell of them. */
final class Outcomes {

    private static final Instant AT = Instant.parse("2026-01-01T12:34:56Z");

    private Outcomes() {}

    /** Every text of it is this one. */
    static WebhookOutcome of(String text) {
        return new WebhookOutcome(
                AT,
                text,
                Kind.REJECTED,
                Optional.of(Reason.SIGNATURE_MISMATCH),
                Optional.of(text),
                Optional.of(text),
                Optional.of(text),
                Optional.of(Assurance.SIGNED),
                Optional.of(text),
                text,
                text,
                text,
                401,
                Duration.ofMillis(3));
    }

    /** One of each kind. */
    static List<WebhookOutcome> ofEachKind() {
        return List.of(
                of("edgvoip", Kind.ACCEPTED, null, "w3suite-tenant-001", "call.ended", "/hooks/edgvoip", 200),
                of("edgvoip", Kind.DUPLICATE, null, "w3suite-tenant-001", "call.ended", "/hooks/edgvoip", 200),
                of("zorio", Kind.REJECTED, Reason.TIMESTAMP_STALE, null, null, "/hooks/zorio", 400),
                of("signalwire", Kind.REJECTED, Reason.SIGNATURE_MISMATCH, null, null, "/hooks/signalwire", 401),
                of("chaindoc", Kind.FAILED, null, null, "document.signed", "/hooks/chaindoc", 500));
    }

    private static WebhookOutcome of(
            String sender, Kind kind, Reason reason, String tenant, String eventType, String path, int status) {
        boolean verified = kind != Kind.REJECTED;
        return new WebhookOutcome(
                AT,
                sender,
                kind,
                Optional.ofNullable(reason),
                Optional.ofNullable(tenant),
                Optional.of("6f1c2d7e-6f0c-4f53-8f8b-1d5f7f6a7b10"),
                Optional.ofNullable(eventType),
                verified ? Optional.of(Assurance.SIGNED) : Optional.empty(),
                verified ? Optional.of("current") : Optional.empty(),
                "127.0.0.1",
                "POST",
                path,
                status,
                Duration.ofMillis(3));
    }
}
