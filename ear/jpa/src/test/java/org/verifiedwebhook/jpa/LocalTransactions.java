package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.HandlerTransaction;

/** What the server's transactions do, for tests without a server: one entity manager for each transaction. */
final class LocalTransactions implements StoreTransactions {

    private final EntityManagerFactory unit;
    private final ThreadLocal<EntityManager> handlers = new ThreadLocal<>();

    LocalTransactions(EntityManagerFactory unit) {
        this.unit = unit;
    }

    @Override
    public <T> T own(Function<EntityManager, T> work) {
        EntityManager entities = unit.createEntityManager();
        try {
            entities.getTransaction().begin();
            T result = work.apply(entities);
            entities.getTransaction().commit();
            return result;
        } finally {
            end(entities);
        }
    }

    @Override
    public <T> T joined(Function<EntityManager, T> work) {
        EntityManager handler = handlers.get();
        return handler == null ? own(work) : work.apply(handler);
    }

    @Override
    public void elsewhere(Runnable task) {
        CompletableFuture.runAsync(task);
    }

    @Override
    public HandlerTransaction begin(Duration timeout) {
        EntityManager entities = unit.createEntityManager();
        entities.getTransaction().begin();
        handlers.set(entities);
        return new HandlerTransaction() {
            @Override
            public void commit() {
                try {
                    entities.getTransaction().commit();
                } catch (RuntimeException e) {
                    throw new DeliveryStoreUnavailableException("not committed", e);
                } finally {
                    rollback();
                }
            }

            @Override
            public void rollback() {
                handlers.remove();
                end(entities);
            }
        };
    }

    private static void end(EntityManager entities) {
        if (!entities.isOpen()) {
            return;
        }
        try {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
        } finally {
            entities.close();
        }
    }
}
