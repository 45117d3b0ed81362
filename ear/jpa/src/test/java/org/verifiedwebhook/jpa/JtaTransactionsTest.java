package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.enterprise.inject.Instance;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.TransactionalException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

class JtaTransactionsTest {

    private final Manager manager = new Manager();
    private boolean resumesAlways;

    /** With the manager of the server, if it is known. */
    private JtaTransactions transactions(Optional<ServerTransaction> server) {
        JtaTransactions transactions = new JtaTransactions();
        transactions.server = server;
        transactions.anew = anew();
        return transactions;
    }

    private JtaTransactions transactions() {
        return transactions(Optional.of(new ServerTransaction(manager)));
    }

    @SuppressWarnings("unchecked")
    private Instance<NewTransaction> anew() {
        return (Instance<NewTransaction>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Instance.class},
                (proxy, method, arguments) -> method.getName().equals("get") ? new Intercepted() : null);
    }

    /** As Payara's interceptor of REQUIRES_NEW: it does not resume if the commit fails. WildFly's always does. */
    private final class Intercepted extends NewTransaction {
        @Override
        <T> T run(Supplier<T> work, TransactionSynchronizationRegistry registry, IntConsumer end) {
            Transaction suspended = manager.suspend();
            manager.begin();
            T result = work.get();
            try {
                manager.commit();
            } catch (RollbackException e) {
                if (resumesAlways) {
                    manager.resume(suspended);
                }
                throw new TransactionalException("during commit", e);
            }
            if (suspended != null) {
                manager.resume(suspended);
            }
            end.accept(Status.STATUS_COMMITTED);
            return result;
        }
    }

    @Test
    void callersTransaction_survivesOneWithinItThatDoesNotCommit() {
        manager.begin();
        Transaction callers = manager.current;
        manager.failing = true;
        assertThrows(TransactionalException.class, () -> transactions().own(entities -> 1));
        assertSame(callers, manager.current);
    }

    @Test
    void callersTransactionWithoutAKnownManager_isLost() {
        manager.begin();
        manager.failing = true;
        assertThrows(TransactionalException.class, () -> transactions(Optional.empty())
                .own(entities -> 1));
        assertNull(manager.current, "the control");
    }

    @Test
    void callersTransactionThatWasResumed_isLeftAlone() {
        resumesAlways = true;
        manager.begin();
        Transaction callers = manager.current;
        assertEquals("done", transactions().own(entities -> "done"));
        assertSame(callers, manager.current);
        manager.failing = true;
        assertThrows(TransactionalException.class, () -> transactions().own(entities -> 1));
        assertSame(callers, manager.current);
    }

    @Test
    void callerWithoutATransaction_getsNone() {
        assertEquals("done", transactions().own(entities -> "done"));
        assertNull(manager.current);
        manager.failing = true;
        assertThrows(TransactionalException.class, () -> transactions().own(entities -> 1));
        assertNull(manager.current);
    }

    /** Of one thread. */
    private static final class Manager implements TransactionManager {
        private Transaction current;
        private boolean failing;

        @Override
        public void begin() {
            if (current != null) {
                throw new IllegalStateException("there is one");
            }
            current = new Open();
        }

        @Override
        public void commit() throws RollbackException {
            current = null;
            if (failing) {
                throw new RollbackException("on purpose");
            }
        }

        @Override
        public Transaction suspend() {
            Transaction suspended = current;
            current = null;
            return suspended;
        }

        @Override
        public void resume(Transaction suspended) {
            if (current != null) {
                throw new IllegalStateException("there is one");
            }
            current = suspended;
        }

        @Override
        public Transaction getTransaction() {
            return current;
        }

        @Override
        public void rollback() {
            current = null;
        }

        @Override
        public int getStatus() {
            return current == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setTransactionTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Open implements Transaction {
        @Override
        public void commit() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rollback() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getStatus() {
            return Status.STATUS_ACTIVE;
        }

        @Override
        public boolean enlistResource(XAResource resource) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delistResource(XAResource resource, int flag) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerSynchronization(Synchronization synchronization) {
            throw new UnsupportedOperationException();
        }
    }
}
