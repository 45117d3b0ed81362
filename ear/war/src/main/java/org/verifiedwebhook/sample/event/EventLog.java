package org.verifiedwebhook.sample.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.verifiedwebhook.WebhookDelivery;

/**
 * What this sample does with an event: it keeps a row, logs one line and tells whoever observes {@link ReceivedEvent}. The
 * row is part of the transaction that the delivery's handler works in: it is there once the delivery is acknowledged, and
 * once only. Where there is none, for calls that are no events, it has a transaction of its own.
 */
@ApplicationScoped
public class EventLog {

    private static final Logger LOG = System.getLogger(EventLog.class.getName());

    @Inject
    Event<ReceivedEvent> observers;

    @PersistenceContext(unitName = "webhook")
    EntityManager entities;

    /** Records an event. The tenant is the verified one; what the body says of a tenant is not looked at. */
    @Transactional
    public void record(WebhookDelivery delivery, Object event) {
        entities.persist(new ReceivedEventRow(delivery));
        LOG.log(Level.INFO, () -> line(delivery, event));
        observers.fire(new ReceivedEvent(
                delivery.receivedAt(), delivery.sender(), delivery.tenant(), delivery.eventType(), event));
    }

    static String line(WebhookDelivery delivery, Object event) {
        return "Event " + (event instanceof UnknownEvent ? "of unknown type " : "")
                + Printable.of(delivery.eventType().orElse("-"))
                + " from " + delivery.sender()
                + ", tenant " + Printable.of(delivery.tenant().orElse("-"))
                + ", delivery " + Printable.of(delivery.id().orElse("-"));
    }
}
