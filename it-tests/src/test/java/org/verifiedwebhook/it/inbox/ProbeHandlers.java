package org.verifiedwebhook.it.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;

/** Writes one row for each delivery; then fails or takes long, if the database says so. */
@ApplicationScoped
public class ProbeHandlers {

    @PersistenceContext(unitName = "webhook")
    EntityManager entities;

    @Inject
    FailingBean failing;

    @OnWebhook(sender = "probe", type = "probe.*")
    public void handle(WebhookEvent<JsonObject> event) throws InterruptedException {
        entities.createNativeQuery("insert into probe_effect (name) values (?1)")
                .setParameter(1, event.data().getString("name"))
                .executeUpdate();
        String mode = (String)
                entities.createNativeQuery("select mode from probe_mode").getSingleResult();
        if (mode.equals("fail")) {
            throw new IllegalStateException("the probe fails");
        }
        if (mode.equals("error")) {
            throw new AssertionError("the probe fails as a program does");
        }
        if (mode.equals("rollback")) {
            try {
                failing.fail();
            } catch (IllegalStateException e) {
                return; // as if all were well; the transaction can only be rolled back
            }
        }
        if (mode.equals("slow")) {
            Thread.sleep(60_000);
        }
    }
}
