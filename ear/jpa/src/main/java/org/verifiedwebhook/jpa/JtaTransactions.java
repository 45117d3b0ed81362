package org.verifiedwebhook.jpa;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.HandlerTransaction;

/** The server's transactions. */
@ApplicationScoped
class JtaTransactions implements StoreTransactions {

    private static final Logger LOG = System.getLogger(JtaTransactions.class.getName());

    @PersistenceContext(unitName = "webhook")
    EntityManager entities;

    @Inject
    Instance<UserTransaction> standard;

    @Inject
    Instance<NewTransaction> anew;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    @Resource
    ManagedExecutorService executor;

    /** Empty on a server whose manager is not known. */
    Optional<ServerTransaction> server = Optional.empty();

    private UserTransaction current;

    @PostConstruct
    void findCurrent() {
        server = ServerTransaction.find();
        current = server.map(UserTransaction.class::cast).orElseGet(standard::get);
    }

    @Override
    public <T> T own(Function<EntityManager, T> work) {
        AtomicInteger end = new AtomicInteger(Status.STATUS_UNKNOWN);
        // One for each call: see there.
        NewTransaction mine = anew.get();
        Runnable callers = server.map(ServerTransaction::keep).orElse(() -> {});
        T result;
        try {
            result = mine.run(() -> work.apply(entities), registry, end::set);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // WildFly's interceptor lets out what the commit throws, a checked exception that no caller looks for.
            throw unavailable("the transaction did not commit, or nobody knows", e);
        } finally {
            anew.destroy(mine);
            callers.run();
        }
        // The interceptor is silent where it rolls back what somebody marked, a time-out for instance.
        if (end.get() != Status.STATUS_COMMITTED) {
            throw new DeliveryStoreUnavailableException("the transaction was rolled back");
        }
        return result;
    }

    @Override
    public <T> T joined(Function<EntityManager, T> work) {
        return isActive() ? work.apply(entities) : own(work);
    }

    @Override
    public void elsewhere(Runnable task) {
        executor.execute(task);
    }

    private boolean isActive() {
        try {
            return current.getStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (SystemException e) {
            throw unavailable("the server does not say whether there is a transaction", e);
        }
    }

    @Override
    public HandlerTransaction begin(Duration timeout) {
        if (isActive()) {
            throw new DeliveryStoreUnavailableException("a transaction is open already, so that the handler's work"
                    + " would not commit before the answer: begin none in a filter before the verification");
        }
        try {
            current.setTransactionTimeout((int) timeout.toSeconds());
            try {
                current.begin();
            } finally {
                // It stays with the thread otherwise.
                current.setTransactionTimeout(0);
            }
            return new Begun(current, registry, registry.getTransactionKey());
        } catch (Exception e) {
            new Begun(current, registry, this).rollback();
            throw unavailable("the handler's transaction cannot be begun", e);
        }
    }

    private static DeliveryStoreUnavailableException unavailable(String message, Exception e) {
        return e instanceof DeliveryStoreUnavailableException already
                ? already
                : new DeliveryStoreUnavailableException(message, e);
    }

    /** A transaction of this thread. */
    private record Begun(UserTransaction transaction, TransactionSynchronizationRegistry registry, Object key)
            implements HandlerTransaction {

        @Override
        public boolean isCurrent() {
            try {
                return transaction.getStatus() != Status.STATUS_NO_TRANSACTION
                        && key.equals(registry.getTransactionKey());
            } catch (Exception e) {
                return false;
            }
        }

        @Override
        public void commit() {
            try {
                if (transaction.getStatus() != Status.STATUS_ACTIVE) {
                    throw new DeliveryStoreUnavailableException("the handler's transaction was marked for rollback, ran"
                            + " longer than the lease, or was ended by the handler");
                }
                transaction.commit();
            } catch (Exception e) {
                throw unavailable("the handler's transaction did not commit, or nobody knows", e);
            } finally {
                // Nothing is left of it after a commit, whatever came of that.
                rollback();
            }
        }

        @Override
        public void rollback() {
            try {
                if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                    transaction.rollback();
                }
            } catch (Exception e) {
                // The server ends it at its timeout.
                LOG.log(Level.WARNING, "a handler's transaction could not be rolled back", e);
            }
        }
    }
}
