package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.verifiedwebhook.inbox.InboxItem;
import org.verifiedwebhook.inbox.InboxState;
import org.verifiedwebhook.jpa.InboxRows.Claimed;
import org.verifiedwebhook.jpa.InboxRows.Claims;

/** One transaction that claims rows, of each lane as many as there is room for. */
final class InboxClaims {

    /**
     * What is due, oldest first, but never two of one ordering key: neither beside one that is running nor before one that
     * came earlier and is not at its end. Rows that another worker is claiming are passed over. One state at a time and
     * ordered by it too, so that the database reads an index in its order and stops, however much is due.
     */
    private static final String DUE = "select i.id, i.attempts, i.ordering_key, " + Lane.COLUMNS
            + " from webhook_inbox i where i.state = ?1 and i.due_at_ms <= ?2 and " + InboxOrder.mayRun("?2");

    private static final String OLDEST = " order by i.state, i.due_at_ms, i.id limit ?3";
    private static final String LOCKED = " for update skip locked";
    /** What H2 is asked second: with an order it would lock, that is write, everything that is due, whatever the limit. */
    private static final String STILL_DUE =
            "select i.id from webhook_inbox i where i.state = ?1 and i.due_at_ms <= ?2 and i.id in (%s)";

    private static final int FIRST_ID = 3;
    /** Where others hold so many they may hold all; a worker looks again in a second. */
    private static final int MOST_ELSEWHERE = 256;

    private static final int FIRST_LANE = 4;
    /** Of the query that all of a node's work waits for, whatever data source it is. */
    private static final int QUERY_TIMEOUT_MILLIS = 10_000;

    private final EntityManager entities;
    private final Instant now;
    private final int attempts;
    private final Duration lease;
    private final Shares shares;
    private final boolean pastSpent;
    private final boolean h2;
    private final Set<Lane> passedOver;
    /** What others are claiming, or have begun something of. */
    private final Set<Long> elsewhere = new HashSet<>();

    private final List<Claimed> claimed = new ArrayList<>();
    private final List<InboxItem> dead = new ArrayList<>();
    private int wanted;

    /**
     * @param shares what runs already
     * @param pastSpent whether to look for others behind what lanes without room have waiting; that reads all of it
     * @param h2 whether the database is H2
     */
    InboxClaims(
            EntityManager entities,
            Instant now,
            int most,
            int attempts,
            Duration lease,
            Shares shares,
            boolean pastSpent,
            boolean h2) {
        this.entities = entities;
        this.now = now;
        this.wanted = most;
        this.attempts = attempts;
        this.lease = lease;
        this.shares = shares.copy();
        this.pastSpent = pastSpent;
        this.h2 = h2;
        this.passedOver = new HashSet<>(shares.spent());
    }

    Claims claim() {
        // Those whose worker is gone first: they have waited a lease already.
        boolean more = claim(InboxState.RUNNING);
        more = claim(InboxState.READY) || more;
        return new Claims(claimed, dead, more);
    }

    /** Whether there may be more for lanes that have room. */
    private boolean claim(InboxState state) {
        while (wanted > 0) {
            int limit = wanted + elsewhere.size();
            List<Due> due = due(state, limit);
            boolean all = due.size() < limit;
            due = due.stream().filter(row -> !elsewhere.contains(row.id())).toList();
            all = all && due.size() <= wanted;
            due = ours(due.subList(0, Math.min(wanted, due.size())), state);
            boolean surplus = take(due);
            if (all || surplus && !pastSpent || elsewhere.size() > MOST_ELSEWHERE) {
                return false;
            }
        }
        return true;
    }

    /** @param orderingKey null if it has none */
    private record Due(long id, int attempts, String orderingKey, Lane lane) {}

    private List<Due> due(InboxState state, int limit) {
        List<Lane> lanes = List.copyOf(passedOver);
        Query query = entities.createNativeQuery(DUE + butNot(lanes.size()) + OLDEST + (h2 ? "" : LOCKED))
                .setParameter(1, state.name())
                .setParameter(2, now.toEpochMilli())
                .setParameter(3, limit)
                .setHint("jakarta.persistence.query.timeout", QUERY_TIMEOUT_MILLIS);
        for (int i = 0; i < lanes.size(); i++) {
            query.setParameter(FIRST_LANE + 2 * i, lanes.get(i).sender());
            query.setParameter(FIRST_LANE + 2 * i + 1, lanes.get(i).tenant());
        }
        List<Due> due = new ArrayList<>();
        for (Object found : query.getResultList()) {
            Object[] row = (Object[]) found;
            due.add(new Due(
                    ((Number) row[0]).longValue(),
                    ((Number) row[1]).intValue(),
                    (String) row[2],
                    new Lane((String) row[3], (String) row[4])));
        }
        return due;
    }

    /** Those that nobody else is claiming; the others are remembered. */
    private List<Due> ours(List<Due> due, InboxState state) {
        Set<Long> ours = h2 ? locked(due, state) : inOrder(due);
        due.stream().map(Due::id).filter(id -> !ours.contains(id)).forEach(elsewhere::add);
        return due.stream().filter(row -> ours.contains(row.id())).toList();
    }

    private Set<Long> inOrder(List<Due> due) {
        Set<Long> ours = new HashSet<>();
        Map<Long, String> ordered = new HashMap<>();
        for (Due row : due) {
            if (row.orderingKey() == null) {
                ours.add(row.id());
            } else {
                ordered.put(row.id(), row.orderingKey());
            }
        }
        ours.addAll(InboxOrder.decided(entities, now, ordered, QUERY_TIMEOUT_MILLIS));
        return ours;
    }

    private Set<Long> locked(List<Due> due, InboxState state) {
        if (due.isEmpty()) {
            return Set.of();
        }
        String marks = IntStream.range(0, due.size())
                .mapToObj(place -> "?" + (FIRST_ID + place))
                .collect(Collectors.joining(", "));
        Query query = entities.createNativeQuery(STILL_DUE.formatted(marks) + LOCKED)
                .setParameter(1, state.name())
                .setParameter(2, now.toEpochMilli())
                .setHint("jakarta.persistence.query.timeout", QUERY_TIMEOUT_MILLIS);
        for (int place = 0; place < due.size(); place++) {
            query.setParameter(FIRST_ID + place, due.get(place).id());
        }
        Set<Long> locked = new HashSet<>();
        for (Object id : query.getResultList()) {
            locked.add(((Number) id).longValue());
        }
        return locked;
    }

    private static String butNot(int lanes) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < lanes; i++) {
            sql.append(i == 0 ? " and (" + Lane.COLUMNS + ") not in (" : ", ")
                    .append("(?" + (FIRST_LANE + 2 * i) + ", ?" + (FIRST_LANE + 2 * i + 1) + ")");
        }
        return lanes == 0 ? "" : sql.append(')').toString();
    }

    /** Takes what there is room for; whether something is left, which other workers may have after this transaction. */
    private boolean take(List<Due> due) {
        List<Long> ids = new ArrayList<>();
        boolean surplus = false;
        for (Due row : due) {
            boolean ends = row.attempts() >= attempts;
            if (!ends && shares.isSpent(row.lane())) {
                passedOver.add(row.lane());
                surplus = true;
                continue;
            }
            ids.add(row.id());
            if (!ends) {
                shares.begin(row.lane());
            }
        }
        wanted -= ids.size();
        if (!ids.isEmpty()) {
            begin(ids);
        }
        return surplus;
    }

    private void begin(List<Long> ids) {
        List<StoredEvent> rows = new ArrayList<>(
                entities.createQuery("select e from StoredEvent e where e.id in :ids", StoredEvent.class)
                        .setParameter("ids", ids)
                        .getResultList());
        rows.sort(Comparator.comparing(row -> ids.indexOf(row.id())));
        for (StoredEvent row : rows) {
            if (row.attempts() >= attempts) {
                row.die(now, "the last attempt did not come to an end: its server stopped, or it outlived its lease");
                dead.add(row.item());
            } else {
                row.run(now, now.plus(lease));
                claimed.add(new Claimed(row, row.fence(), System.nanoTime()));
            }
        }
        // The next query has to see it.
        entities.flush();
    }
}
