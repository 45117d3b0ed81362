package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.function.Function;
import org.verifiedwebhook.delivery.HandlerTransaction;

/** The transactions that deliveries and the inbox work in. */
interface StoreTransactions {

    /** Work in a transaction of its own, committed when this returns, whatever transaction the caller has. */
    <T> T own(Function<EntityManager, T> work);

    /** Work in the caller's transaction; in one of its own, if there is none. */
    <T> T joined(Function<EntityManager, T> work);

    /** Runs a task on another thread, soon. */
    void elsewhere(Runnable task);

    /** Begins a handler's transaction on this thread. */
    HandlerTransaction begin(Duration timeout);
}
