package org.verifiedwebhook.delivery;

/**
 * The transaction that a delivery's handler works in, begun by {@link DeliveryStore#begin} and bound to the thread that
 * began it. It ends on that thread with the first call of either method.
 */
public interface HandlerTransaction {

    /** What a store without transactions begins: nothing. */
    HandlerTransaction NONE = new HandlerTransaction() {
        @Override
        public void commit() {
            // Nothing was begun.
        }

        @Override
        public void rollback() {
            // Nothing was begun.
        }
    };

    /** Whether it is open on this thread; a completion recorded while it is not would be recorded without the work. */
    default boolean isCurrent() {
        return true;
    }

    /**
     * Commits the handler's work and the completion together.
     *
     * @throws DeliveryStoreUnavailableException if it did not commit, or nobody knows; either way this thread is free of
     *     it
     */
    void commit();

    /** Undoes the handler's work, if that has not happened already. Never throws; afterwards this thread is free of it. */
    void rollback();
}
