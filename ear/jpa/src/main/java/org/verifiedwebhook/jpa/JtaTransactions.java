package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.function.Function;

/** The server's transactions, over the persistence unit {@code webhook}. */
@ApplicationScoped
class JtaTransactions implements Transactions {

    @PersistenceContext(unitName = "webhook")
    private EntityManager entities;

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public <T> T call(Function<EntityManager, T> work) {
        return work.apply(entities);
    }
}
