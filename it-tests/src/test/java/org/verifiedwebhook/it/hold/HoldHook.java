package org.verifiedwebhook.it.hold;

import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** A handler that writes, which takes a connection, and then sleeps with it. */
@Path("hold")
@RequestScoped
public class HoldHook {

    static final long MILLIS = 8_000;

    @PersistenceContext(unitName = "webhook")
    EntityManager entities;

    @QueryParam("name")
    String name;

    @POST
    @VerifiedWebhook("chaindoc")
    public String hold(String body) throws InterruptedException {
        entities.createNativeQuery("insert into hold_effect (name) values ('" + name + "')")
                .executeUpdate();
        Thread.sleep(MILLIS);
        return "held";
    }
}
