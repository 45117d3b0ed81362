package org.verifiedwebhook.it;

import java.nio.file.Path;

/** The sample as {@code mvn -Prun package} starts it, and the demo secrets of EDGVoIP's guide and the demo data. */
final class DemoSample {

    static final String EDGVOIP_TENANT = "w3suite-tenant-001";
    static final String EDGVOIP_SECRET = "55d2d376b4c94e8e5394bcacae17076c670e0950d70a015ebf47d2e51482c595";
    static final String STATUS_SECRET = "demo-cloudonix-status-secret-32-characters-or-more";
    static final String VOICE_TOKEN = "XI_abc123xyz_org_one_requests_key_0001";
    static final String VOICE_DID = "+14155559999";
    static final String SIGNALWIRE_SECRET = "PSKdemoSignalwireSigningKey0123456789";
    static final String DOMAIN = "550e8400-e29b-41d4-a716-446655440000";

    /** Where several classes ask it. */
    static final ServerExtension SHARED = on(
                    DemoSample.class, BuildFiles.newDirectory("demo").resolve("webhook"))
            .systemProperty("webhook.trusted-proxies", "127.0.0.1")
            .shared();

    private DemoSample() {}

    /** @param database the H2 file, without its ending */
    static ServerExtension on(Class<?> tests, Path database) {
        return new ServerExtension(tests)
                .deploy("/", Deployments.sample())
                .systemProperty("webhook.demo", "true")
                .systemProperty("webhook.h2.path", database.toAbsolutePath().toString());
    }

    static RawHttp edgvoip(ServerExtension server, String body, String secret) {
        return RawHttp.post(server.uri("hooks/edgvoip"))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Signature", "sha256=" + Signed.sha256(secret, body))
                .header("X-Request-ID", "request-1")
                .body(body);
    }

    static String edgvoipBody(String tenant, String uuid) {
        return "{\"type\":\"call.ended\",\"tenant_id\":\"test\",\"tenant_external_id\":\"" + tenant
                + "\",\"timestamp\":\"2025-11-30T12:05:00Z\",\"data\":{\"call_uuid\":\"" + uuid
                + "\",\"duration\":300,\"bill_sec\":295}}";
    }

    static RawHttp voice(ServerExtension server, String path, String body) {
        return RawHttp.post(server.uri("hooks/cloudonix/voice/" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + VOICE_TOKEN)
                .body(body);
    }

    static RawHttp record(ServerExtension server, String callId) {
        return RawHttp.post(server.uri("hooks/cloudonix/cdr"))
                .header("Content-Type", "application/json")
                .body("{\"owner\":{\"domain\":{\"uuid\":\"" + DOMAIN + "\"}},\"call_id\":\"" + callId
                        + "\",\"from\":\"+14155551234\",\"to\":\"+14155559999\",\"duration\":120}");
    }
}
