package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sample as an operator drops it in: no switch, and a database that once was a demo's. */
class DroppedSampleIT {

    private static final Path DATABASE = BuildFiles.newDirectory("dropped").resolve("webhook");
    private static final ServerExtension DROPPED = new ServerExtension(DroppedSampleIT.class)
            .deploy("/", Deployments.sample())
            .systemProperty("webhook.h2.path", DATABASE.toAbsolutePath().toString());

    @BeforeAll
    static void aDemoRanHereBefore() throws Exception {
        ServerExtension demo = DemoSample.on(DroppedSampleIT.class, DATABASE);
        demo.beforeAll(null);
        try {
            // The control: with the switch, all of them pass.
            assertEquals(200, edgvoip(demo, DemoSample.EDGVOIP_TENANT).status());
            assertEquals(200, DemoSample.record(demo, "control").send().status());
            assertEquals(200, voice(demo).status());
        } finally {
            demo.afterAll(null);
        }
        DROPPED.beforeAll(null);
    }

    @AfterAll
    static void stop() {
        DROPPED.afterAll(null);
    }

    private static RawHttp.Answer edgvoip(ServerExtension server, String tenant) throws IOException {
        return DemoSample.edgvoip(server, DemoSample.edgvoipBody(tenant, "dropped"), DemoSample.EDGVOIP_SECRET)
                .send();
    }

    private static RawHttp.Answer voice(ServerExtension server) throws IOException {
        return DemoSample.voice(server, "route", "{\"to\":\"" + DemoSample.VOICE_DID + "\"}")
                .send();
    }

    private static int get(String path) throws IOException {
        return RawHttp.request(DROPPED.uri(""), "GET", path).send().status();
    }

    @Test
    void withoutTheSwitch_theApplicationIsReady() throws IOException {
        assertEquals(200, get("/ready"));
    }

    @Test
    void withoutTheSwitch_thereIsNoPage() throws IOException {
        assertEquals(404, get("/"));
        assertEquals(404, get("/page.css"));
    }

    @Test
    void withoutTheSwitch_demoSecretsVerifyNothing() throws IOException {
        RawHttp.Answer demoTenant = edgvoip(DROPPED, DemoSample.EDGVOIP_TENANT);
        assertEquals(401, demoTenant.status());
        assertEquals(edgvoip(DROPPED, "nobody").face(), demoTenant.face());
        assertEquals(401, voice(DROPPED).status());
    }

    @Test
    void withoutTheSwitch_demoOrganisationsAreUnknown() throws IOException {
        assertEquals(404, DemoSample.record(DROPPED, "dropped").send().status());
    }
}
