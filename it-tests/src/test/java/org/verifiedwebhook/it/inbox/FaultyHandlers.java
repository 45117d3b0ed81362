package org.verifiedwebhook.it.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;

/** What cannot be deployed. */
@ApplicationScoped
public class FaultyHandlers {

    @OnWebhook(sender = "zorio", type = "hidden")
    void hidden(WebhookEvent<JsonObject> event) {}

    @OnWebhook(sender = "nobody")
    public void unknown(WebhookEvent<JsonObject> event) {}

    @OnWebhook(sender = "zorio", type = "pbx.call.hangup")
    public void second(WebhookEvent<JsonObject> event) {}
}
