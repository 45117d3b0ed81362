package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookInbox;
import org.verifiedwebhook.secret.Settings;

/** An annotated endpoint answers by itself. */
class InboxModeTest {

    @Path("hook")
    public static class Hook {
        @POST
        @VerifiedWebhook("zorio")
        public void receive() {}
    }

    private static DeploymentFaults faults(Map<String, String> settings) {
        DeploymentFaults faults = new DeploymentFaults();
        faults.check(
                Endpoint.in(Hook.class),
                WebhookGate.builder()
                        .settings(Settings.of(settings))
                        .inbox(entry -> new WebhookInbox.Result.Stored())
                        .build());
        return faults;
    }

    @Test
    void annotatedEndpointOfAnInboxSender_isRefusedWithTheCure() {
        DeploymentFaults faults = faults(Map.of("webhook/zorio/acknowledge", "inbox"));
        assertTrue(faults.message().contains("Hook.receive()"), faults.message());
        assertTrue(faults.message().contains("set webhook/zorio/acknowledge to inline"), faults.message());
    }

    @Test
    void annotatedEndpointOfAnInlineSender_isNot() {
        assertFalse(faults(Map.of("webhook/zorio/acknowledge", "inline")).any());
        assertFalse(faults(Map.of()).any());
    }
}
