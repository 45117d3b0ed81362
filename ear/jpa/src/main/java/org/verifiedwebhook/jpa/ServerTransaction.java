package org.verifiedwebhook.jpa;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

/**
 * The transaction of this thread by the server's transaction manager.
 *
 * <p>Payara's own {@link UserTransaction} cannot be relied on: its interceptor of {@code @Transactional} keeps what it
 * forbids a caller meanwhile in a field that all callers of a bean share. Concurrent calls of any such bean of the
 * application leave {@code UserTransaction} forbidden ("Operation not allowed") to a thread that is back from it, in the
 * middle of that thread's transaction.
 */
record ServerTransaction(TransactionManager manager) implements UserTransaction {

    private static final List<String> NAMES =
            List.of("java:appserver/TransactionManager", "java:jboss/TransactionManager");

    /** By the first manager that the server has under a name known here: Payara's, WildFly's. */
    @SuppressWarnings("BanJNDI") // Fixed names.
    static Optional<ServerTransaction> find() {
        for (String name : NAMES) {
            try {
                TransactionManager manager = InitialContext.doLookup(name);
                return Optional.of(new ServerTransaction(manager));
            } catch (NamingException | ClassCastException e) {
                // Another server.
            }
        }
        return Optional.empty();
    }

    /**
     * Remembers the transaction of this thread; running the result makes it that again. Payara's interceptor leaves it
     * suspended when the commit of one within it fails, with its locks, until it times out.
     *
     * @throws DeliveryStoreUnavailableException from either, if the server does not
     */
    Runnable keep() {
        try {
            Transaction kept = manager.getTransaction();
            return kept == null ? () -> {} : () -> bringBack(kept);
        } catch (SystemException e) {
            throw new DeliveryStoreUnavailableException("the server does not say whether there is a transaction", e);
        }
    }

    private void bringBack(Transaction kept) {
        try {
            Transaction now = manager.getTransaction();
            if (kept.equals(now)) {
                return;
            }
            if (now != null) {
                manager.suspend();
            }
            manager.resume(kept);
        } catch (InvalidTransactionException | SystemException | IllegalStateException e) {
            throw new DeliveryStoreUnavailableException("the caller's transaction cannot be resumed", e);
        }
    }

    @Override
    public void begin() throws NotSupportedException, SystemException {
        manager.begin();
    }

    @Override
    public void commit()
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        manager.commit();
    }

    @Override
    public void rollback() throws SystemException {
        manager.rollback();
    }

    @Override
    public void setRollbackOnly() throws SystemException {
        manager.setRollbackOnly();
    }

    @Override
    public int getStatus() throws SystemException {
        return manager.getStatus();
    }

    @Override
    public void setTransactionTimeout(int seconds) throws SystemException {
        manager.setTransactionTimeout(seconds);
    }
}
