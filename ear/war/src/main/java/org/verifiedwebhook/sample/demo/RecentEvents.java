package org.verifiedwebhook.sample.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.verifiedwebhook.jpa.DemoMode;
import org.verifiedwebhook.sample.event.ReceivedEvent;

/** The newest 10 typed events that the resources received. Empty without the demo switch. */
@ApplicationScoped
public class RecentEvents {

    private final Recent<ReceivedEvent> events = new Recent<>(10);

    void observe(@Observes ReceivedEvent event) {
        if (DemoMode.on()) {
            events.add(event);
        }
    }

    /** The newest first. Texts in it are as they came from outside. */
    public List<ReceivedEvent> list() {
        return events.list();
    }
}
