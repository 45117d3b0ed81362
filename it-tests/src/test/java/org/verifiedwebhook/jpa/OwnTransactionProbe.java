package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Synchronization;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Work in transactions of the library's own that do not end well. In this package, for nobody else may ask for one. */
@Path("own")
@RequestScoped
public class OwnTransactionProbe {

    @Inject
    JtaTransactions transactions;

    @POST
    public String write(@QueryParam("name") String name) {
        try {
            return transactions.own(entities -> {
                insert(entities, name);
                throw new AssertionError("on purpose");
            });
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    /** As a handler that redrives, and the commit of that fails. */
    @POST
    @Path("within")
    public String writeWithin() {
        return transactions.own(entities -> {
            insert(entities, "before");
            String ended = "committed";
            try {
                transactions.own(within -> {
                    insert(within, "within");
                    transactions.registry.registerInterposedSynchronization(new FailingCommit());
                    return null;
                });
            } catch (RuntimeException e) {
                ended = "failed";
            }
            insert(entities, "after");
            return ended;
        });
    }

    private static void insert(EntityManager entities, String name) {
        entities.createNativeQuery("insert into probe_effect (name) values (?1)")
                .setParameter(1, name)
                .executeUpdate();
    }

    private final class FailingCommit implements Synchronization {
        @Override
        public void beforeCompletion() {
            transactions.registry.setRollbackOnly();
        }

        @Override
        public void afterCompletion(int status) {
            // Nothing to do.
        }
    }
}
