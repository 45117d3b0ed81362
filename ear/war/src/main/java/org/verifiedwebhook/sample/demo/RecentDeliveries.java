package org.verifiedwebhook.sample.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.jpa.DemoMode;

/** The newest 50 requests with what became of them, verified or not. Empty without the demo switch. */
@ApplicationScoped
public class RecentDeliveries {

    private final Recent<WebhookOutcome> outcomes = new Recent<>(50);

    void observe(@Observes WebhookOutcome outcome) {
        if (DemoMode.on()) {
            outcomes.add(outcome);
        }
    }

    /** The newest first. Texts in it are as they came from outside. */
    public List<WebhookOutcome> list() {
        return outcomes.list();
    }
}
