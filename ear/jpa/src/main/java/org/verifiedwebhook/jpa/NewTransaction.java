package org.verifiedwebhook.jpa;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** A transaction of its own, beside any that is open on the thread. */
@ApplicationScoped
class NewTransaction {

    @PersistenceContext(unitName = "webhook")
    EntityManager entities;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    /** Does the work and tells how its transaction ended, before it returns. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    <T> T run(Function<EntityManager, T> work, IntConsumer end) {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Nothing to do.
            }

            @Override
            public void afterCompletion(int status) {
                end.accept(status);
            }
        });
        return work.apply(entities);
    }
}
