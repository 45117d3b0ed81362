package org.verifiedwebhook.sample.edgvoip;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;
import org.verifiedwebhook.sample.event.EventLog;
import org.verifiedwebhook.sample.event.UnknownEvent;

/**
 * Handles EDGVoIP's events out of the inbox. The servlet filter of {@code web.xml} has stored and acknowledged them by
 * then; there is no resource.
 */
@ApplicationScoped
public class EdgvoipEvents {

    private static final String SENDER = "edgvoip";

    @Inject
    EventLog log;

    /** A call begins. */
    @OnWebhook(sender = SENDER, type = "call.start")
    public void start(WebhookEvent<EdgvoipEvent<CallStart>> event) {
        log.record(event.delivery(), event.data());
    }

    /** It rings. */
    @OnWebhook(sender = SENDER, type = "call.ringing")
    public void ringing(WebhookEvent<EdgvoipEvent<CallRinging>> event) {
        log.record(event.delivery(), event.data());
    }

    /** Somebody answers. */
    @OnWebhook(sender = SENDER, type = "call.answered")
    public void answered(WebhookEvent<EdgvoipEvent<CallAnswered>> event) {
        log.record(event.delivery(), event.data());
    }

    /** It is over. */
    @OnWebhook(sender = SENDER, type = "call.ended")
    public void ended(WebhookEvent<EdgvoipEvent<CallEnded>> event) {
        log.record(event.delivery(), event.data());
    }

    /** A trunk comes or goes. */
    @OnWebhook(sender = SENDER, type = "trunk.status")
    public void trunk(WebhookEvent<EdgvoipEvent<TrunkStatus>> event) {
        log.record(event.delivery(), event.data());
    }

    /** An extension comes or goes. */
    @OnWebhook(sender = SENDER, type = "extension.status")
    public void extension(WebhookEvent<EdgvoipEvent<ExtensionStatus>> event) {
        log.record(event.delivery(), event.data());
    }

    /** What the guide does not name: senders add types. */
    @OnWebhook(sender = SENDER)
    public void unknown(WebhookEvent<JsonObject> event) {
        log.record(event.delivery(), new UnknownEvent(event.delivery().eventType()));
    }
}
