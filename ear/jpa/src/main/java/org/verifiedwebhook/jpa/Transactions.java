package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** Runs work in a transaction of its own. */
@FunctionalInterface
interface Transactions {

    /**
     * Returns when it is committed.
     *
     * @throws RuntimeException what the work throws, or why the commit failed; then nothing is committed, unless the
     *     connection was lost during the commit
     */
    <T> T call(Function<EntityManager, T> work);
}
