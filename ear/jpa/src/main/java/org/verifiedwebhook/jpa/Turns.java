package org.verifiedwebhook.jpa;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

/**
 * How many deliveries may have a connection at once, so that a database that has become slow is a 503 soon: in the queue
 * of the server's pool each would wait for those before it, on WildFly half a minute.
 */
final class Turns {

    private final Semaphore free;
    private final Duration patience;
    private volatile boolean failing;

    /**
     * @param number fewer than the pool has connections: others need some too
     * @param patience how long to wait for a turn
     */
    Turns(int number, Duration patience) {
        this.free = new Semaphore(number);
        this.patience = patience;
    }

    /**
     * Waits for a turn, but not while those before fail: the threads of the server are for others then. Each turn is to
     * be given back once, by whatever thread.
     *
     * @throws DeliveryStoreUnavailableException if none came free in time
     */
    void take() {
        try {
            if (free.tryAcquire() || !failing && free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new DeliveryStoreUnavailableException("too many deliveries wait for the database");
    }

    /** @param worked whether the database did what it was asked, as far as is known */
    void giveBack(boolean worked) {
        failing = !worked;
        free.release();
    }
}
