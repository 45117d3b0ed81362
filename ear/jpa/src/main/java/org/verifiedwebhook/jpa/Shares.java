package org.verifiedwebhook.jpa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many workers of a node each lane has, and may have. Not thread-safe. */
final class Shares {

    private final int share;
    private final Map<Lane, Integer> running = new HashMap<>();
    private int all;

    /** @param share how many deliveries of one lane may run at once */
    Shares(int share) {
        this.share = share;
    }

    Shares copy() {
        Shares copy = new Shares(share);
        copy.running.putAll(running);
        copy.all = all;
        return copy;
    }

    void begin(Lane lane) {
        running.merge(lane, 1, Integer::sum);
        all++;
    }

    void end(Lane lane) {
        running.computeIfPresent(lane, (l, count) -> count == 1 ? null : count - 1);
        all--;
    }

    boolean isSpent(Lane lane) {
        return running.getOrDefault(lane, 0) >= share;
    }

    List<Lane> spent() {
        return running.keySet().stream().filter(this::isSpent).toList();
    }

    /** How many run of all lanes together. */
    int running() {
        return all;
    }
}
