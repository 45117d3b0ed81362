package org.verifiedwebhook.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;

/**
 * Which threads have just waited in vain for the database. For a second they are told so at once, whatever connection they
 * try next: who sends waits for one time-out, not for two.
 */
final class Silence {

    /** From so long a wait on, an error is taken for silence; and so long it counts. */
    static final long LONG_NANOS = Duration.ofSeconds(1).toNanos();

    static final String CONNECTION_FAILURE = "08006";

    private final ThreadLocal<Long> met = new ThreadLocal<>();

    /** Says that this thread has met it. */
    void note() {
        met.set(System.nanoTime());
    }

    /** Throws, if this thread has met it a moment ago. */
    void refuse() throws SQLException {
        Long since = met.get();
        if (since == null) {
            return;
        }
        if (System.nanoTime() - since < LONG_NANOS) {
            throw new SQLNonTransientConnectionException(
                    "the database did not answer this thread a moment ago", CONNECTION_FAILURE);
        }
        met.remove();
    }

    /** Opens a connection, unless this thread has met the silence. */
    Connection open(LastingConnection.Opening opening) throws SQLException {
        refuse();
        long asked = System.nanoTime();
        try {
            return opening.open();
        } catch (SQLException e) {
            if (System.nanoTime() - asked > LONG_NANOS) {
                note();
            }
            throw e;
        }
    }
}
