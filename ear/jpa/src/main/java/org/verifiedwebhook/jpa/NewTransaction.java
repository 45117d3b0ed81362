package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.Dependent;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A transaction of its own, beside any that is open on the thread. Dependent, so that each call has its own interceptor:
 * Payara's mixes up callers that share one ({@link ServerTransaction}).
 */
@Dependent
class NewTransaction {

    /** Does the work and tells how its transaction ended, before it returns. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    <T> T run(Supplier<T> work, TransactionSynchronizationRegistry registry, IntConsumer end) {
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
        try {
            return work.get();
        } catch (Error e) {
            // Payara's interceptor would commit what there is.
            registry.setRollbackOnly();
            throw e;
        }
    }
}
