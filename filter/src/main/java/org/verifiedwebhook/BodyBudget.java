package org.verifiedwebhook;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the bodies of all requests in flight share, whichever doorway they came by.
 *
 * <p>A body takes what its buffer takes, as bytes arrive, until its request is answered. Nothing is taken for a declared
 * length: else a few dozen connections that send nothing could take it all. A quarter is kept for bodies of up to
 * {@value #SMALL} bytes, so that large ones, held back by whoever sends them, leave room for the usual webhook.
 *
 * <p>Thread-safe.
 */
public final class BodyBudget {

    /** 64 MiB. */
    static final long DEFAULT = 64L << 20;
    /** A body up to here may use all of the budget. */
    static final int SMALL = 1 << 16;

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** The bytes held now. Zero when no request is in flight. */
    public long held() {
        return held.get();
    }

    /** The most bytes that are ever held. */
    public long limit() {
        return limit;
    }

    /** The longest body that fits in, if there is no other. */
    long largest() {
        return Math.max(Math.min(limit, SMALL), limit - limit / 4);
    }

    /** Begins one body's share, which is empty. */
    public Share open() {
        return new Share();
    }

    /** What one body takes of the budget. */
    public final class Share implements AutoCloseable {

        private long mine;
        private boolean closed;

        private Share() {}

        /**
         * Takes more.
         *
         * @return false if that is more than there is, or the share is closed; nothing is taken then
         */
        public synchronized boolean grow(long bytes) {
            long most = mine + bytes <= SMALL ? limit : largest();
            long before = held.get();
            while (!closed && before + bytes <= most) {
                if (held.compareAndSet(before, before + bytes)) {
                    mine += bytes;
                    return true;
                }
                before = held.get();
            }
            return false;
        }

        /** Gives all of it back; does nothing after the first time. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                held.addAndGet(-mine);
            }
        }
    }
}
