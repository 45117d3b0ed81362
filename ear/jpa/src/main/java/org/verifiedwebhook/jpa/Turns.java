package org.verifiedwebhook.jpa;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;

/**
 * How many deliveries may have a connection at once, so that a database that has become slow is a 503 soon: in the queue
 * of the server's pool each would wait for those before it, on WildFly half a minute. And how many of one lane, so that one
 * with slow handlers leaves some to the others.
 */
final class Turns {

    private final int number;
    private final int share;
    private final Duration patience;
    private final Map<Lane, Integer> ofLane = new HashMap<>();
    private int taken;
    private boolean failing;

    /**
     * @param number fewer than the pool has connections: others need some too
     * @param share of them how many one lane may have
     * @param patience how long to wait for a turn
     */
    Turns(int number, int share, Duration patience) {
        this.number = number;
        this.share = share;
        this.patience = patience;
    }

    /**
     * Waits for a turn, but not while those before fail: the threads of the server are for others then. Each turn is to
     * be given back once, by whatever thread.
     *
     * @throws DeliveryStoreUnavailableException if none came free in time
     */
    synchronized void take(Lane lane) {
        long end = System.nanoTime() + (failing ? 0 : patience.toNanos());
        while (taken >= number || ofLane.getOrDefault(lane, 0) >= share) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw none();
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw none();
            }
        }
        taken++;
        ofLane.merge(lane, 1, Integer::sum);
    }

    private static DeliveryStoreUnavailableException none() {
        return new DeliveryStoreUnavailableException("too many deliveries wait for the database");
    }

    /** @param worked whether the database did what it was asked, as far as is known */
    synchronized void giveBack(Lane lane, boolean worked) {
        failing = !worked;
        taken--;
        ofLane.computeIfPresent(lane, (l, turns) -> turns == 1 ? null : turns - 1);
        notifyAll();
    }
}
