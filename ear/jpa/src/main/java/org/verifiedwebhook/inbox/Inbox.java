package org.verifiedwebhook.inbox;

import java.util.List;
import java.util.Map;

/**
 * What an operator does with the inbox: inject it. For trusted callers: it does not ask who calls. Every method is a
 * transaction of its own.
 */
public interface Inbox {

    /** How many deliveries are in each state, as far as there are any. */
    Map<InboxState, Long> counts();

    /**
     * Deliveries in a state, the newest first.
     *
     * @param most how many at most, 1 to 1000
     */
    List<InboxItem> list(InboxState state, int most);

    /**
     * Lets a dead or unhandled delivery be handled again, with all its attempts.
     *
     * @param number of the {@link InboxItem}
     * @return whether there is one
     */
    boolean redrive(long number);

    /**
     * {@link #redrive} for all dead and unhandled deliveries of a sender.
     *
     * @return how many
     */
    int redriveAll(String sender);
}
