package org.verifiedwebhook.it.inbox;

import jakarta.json.JsonObject;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;

/** No bean, so that nobody would call it. */
public class HandlersWithoutBean {

    @OnWebhook(sender = "zorio", type = "lost")
    public void lost(WebhookEvent<JsonObject> event) {}
}
