package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Work in a transaction of the library's own that ends in an Error. In this package, for nobody else may ask for one. */
@Path("own")
@RequestScoped
public class OwnTransactionProbe {

    @Inject
    JtaTransactions transactions;

    @POST
    public String write(@QueryParam("name") String name) {
        try {
            return transactions.own(entities -> {
                entities.createNativeQuery("insert into probe_effect (name) values (?1)")
                        .setParameter(1, name)
                        .executeUpdate();
                throw new AssertionError("on purpose");
            });
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }
}
