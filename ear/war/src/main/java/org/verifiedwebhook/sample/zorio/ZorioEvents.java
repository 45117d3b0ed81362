package org.verifiedwebhook.sample.zorio;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;
import org.verifiedwebhook.sample.event.EventLog;
import org.verifiedwebhook.sample.event.UnknownEvent;

/**
 * Handles Zorio's events out of the inbox. The servlet filter of {@code web.xml} has stored and acknowledged them by then;
 * there is no resource.
 */
@ApplicationScoped
public class ZorioEvents {

    private static final String SENDER = "zorio";

    @Inject
    EventLog log;

    /** A call is over. */
    @OnWebhook(sender = SENDER, type = "pbx.call.hangup")
    public void hangup(WebhookEvent<ZorioEvent<CallHangup>> event) {
        log.record(event.delivery(), event.data());
    }

    /** A lead has changed. */
    @OnWebhook(sender = SENDER, type = "telesales.lead.updated")
    public void lead(WebhookEvent<ZorioEvent<LeadUpdated>> event) {
        log.record(event.delivery(), event.data());
    }

    /** What the document does not name: senders add types. */
    @OnWebhook(sender = SENDER)
    public void unknown(WebhookEvent<JsonObject> event) {
        log.record(event.delivery(), new UnknownEvent(event.delivery().eventType()));
    }
}
