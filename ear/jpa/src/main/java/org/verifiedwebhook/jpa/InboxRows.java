package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.inbox.Inbox;
import org.verifiedwebhook.inbox.InboxItem;
import org.verifiedwebhook.inbox.InboxState;

/** Claims, ends and deletes the rows of the inbox. Several nodes may do so at once. */
final class InboxRows implements Inbox {

    /** Twice the same condition: what was redriven since it was found is not deleted. */
    private static final String OLD = "delete from webhook_inbox where id in (select id from webhook_inbox"
            + " where state = ?1 and changed_at_ms < ?2 order by changed_at_ms limit ?3)"
            + " and state = ?1 and changed_at_ms < ?2";
    /** Of what waits, or runs: what was dated before the clock was set back, now, with the wait or lease that it had. */
    private static final String REDATE = "update webhook_inbox set due_at_ms = due_at_ms - changed_at_ms + ?1,"
            + " changed_at_ms = ?1 where state in ('READY', 'RUNNING') and due_at_ms > ?2 and changed_at_ms > ?2";
    /** By how much a date may lie ahead; so short a wait does no harm. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    /** PostgreSQL has a schema of that name too, but writes it small. */
    private static final String IS_H2 = "select count(*) from information_schema.tables"
            + " where table_schema = 'INFORMATION_SCHEMA' and table_name = 'SETTINGS'";

    private static final String HELD = " where e.id = :id and e.fence = :fence and e.state = :running";
    private static final int MOST = 1000;
    /** Without the bodies, which may be a mebibyte each. */
    private static final String LISTED =
            "select e.id, e.state, e.sender, e.tenant, e.deliveryId, e.eventType, e.attempts,"
                    + " e.reason, e.receivedAt, e.changedAt from StoredEvent e where e.state = :state order by e.id desc";

    private final StoreTransactions transactions;
    private final StoreClock clock;
    private volatile Boolean h2;

    InboxRows(StoreTransactions transactions, StoreClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * The right to handle one delivery until the lease ends.
     *
     * @param row the delivery, detached
     * @param fence the number that shows the right
     * @param since {@link System#nanoTime} then
     */
    record Claimed(StoredEvent row, long fence, long since) {
        /** Now: the database need not be asked again. */
        Instant now() {
            return row.changedAt().plusMillis((System.nanoTime() - since) / 1_000_000);
        }
    }

    /**
     * What was claimed, and what was found to have had all its attempts without an end.
     *
     * @param more whether there may be more for lanes that have room
     */
    record Claims(List<Claimed> claimed, List<InboxItem> dead, boolean more) {}

    /**
     * Claims at most that many, and of each lane no more than its share.
     *
     * @param pastSpent whether to look for others behind what lanes without room have waiting; that reads all of it
     */
    Claims claim(int most, int attempts, Duration lease, Shares shares, boolean pastSpent) {
        return transactions.own(entities -> new InboxClaims(
                        entities, clock.now(entities), most, attempts, lease, shares, pastSpent, isH2(entities))
                .claim());
    }

    /** Asked once. */
    private boolean isH2(EntityManager entities) {
        Boolean known = h2;
        if (known == null) {
            known = ((Number) entities.createNativeQuery(IS_H2).getSingleResult()).intValue() > 0;
            h2 = known;
        }
        return known;
    }

    /** Says within the handler's transaction that it is done; false if the claim is another's by now. */
    boolean done(EntityManager entities, Claimed claim) {
        return 1
                == entities.createQuery(
                                "update StoredEvent e set e.state = :state, e.changedAt = :now, e.reason = null" + HELD)
                        .setParameter("state", InboxState.DONE)
                        .setParameter("now", claim.now())
                        .setParameter("id", claim.row().id())
                        .setParameter("fence", claim.fence())
                        .setParameter("running", InboxState.RUNNING)
                        .executeUpdate();
    }

    /** Ends an attempt without success; empty if the claim is another's by now. */
    Optional<InboxItem> end(Claimed claim, InboxState state, String reason, Duration wait) {
        return transactions.own(entities -> {
            Instant now = clock.now(entities);
            int changed = entities.createQuery("update StoredEvent e set e.state = :state, e.changedAt = :now,"
                            + " e.dueAt = :due, e.reason = :reason" + HELD)
                    .setParameter("state", state)
                    .setParameter("now", now)
                    .setParameter("due", now.plus(wait))
                    .setParameter("reason", Names.bounded(reason, StoredEvent.MAX_REASON))
                    .setParameter("id", claim.row().id())
                    .setParameter("fence", claim.fence())
                    .setParameter("running", InboxState.RUNNING)
                    .executeUpdate();
            return changed == 1 ? item(entities, claim.row().id()) : Optional.empty();
        });
    }

    /** A delivery whose handling is committed. */
    InboxItem handled(Claimed claim) {
        return claim.row().handled(claim.now());
    }

    private static Optional<InboxItem> item(EntityManager entities, long number) {
        return Optional.ofNullable(entities.find(StoredEvent.class, number)).map(StoredEvent::item);
    }

    /** Lets nothing wait for the time that a clock showed before it was set back. */
    int redate() {
        return transactions.own(entities -> {
            Instant now = clock.now(entities);
            return entities.createNativeQuery(REDATE)
                    .setParameter(1, now.toEpochMilli())
                    .setParameter(2, now.plus(AHEAD).toEpochMilli())
                    .executeUpdate();
        });
    }

    /** Deletes at most {@code most} that have been in a state for longer than {@code age}; how many. */
    int purge(InboxState state, Duration age, int most) {
        return transactions.own(entities -> entities.createNativeQuery(OLD)
                .setParameter(1, state.name())
                .setParameter(2, clock.now(entities).minus(age).toEpochMilli())
                .setParameter(3, most)
                .executeUpdate());
    }

    @Override
    public Map<InboxState, Long> counts() {
        return transactions.own(entities -> {
            Map<InboxState, Long> counts = new EnumMap<>(InboxState.class);
            entities.createQuery("select e.state, count(e) from StoredEvent e group by e.state", Object[].class)
                    .getResultList()
                    .forEach(row -> counts.put((InboxState) row[0], (Long) row[1]));
            return counts;
        });
    }

    @Override
    public List<InboxItem> list(InboxState state, int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("list 1 to " + MOST + " deliveries, not " + most);
        }
        return transactions.own(
                entities -> entities
                        .createQuery(LISTED, Object[].class)
                        .setParameter("state", state)
                        .setMaxResults(most)
                        .getResultList()
                        .stream()
                        .map(InboxRows::listed)
                        .toList());
    }

    private static InboxItem listed(Object[] row) {
        return new InboxItem(
                (long) row[0],
                (InboxState) row[1],
                (String) row[2],
                Optional.ofNullable((String) row[3]),
                Optional.ofNullable((String) row[4]),
                Optional.ofNullable((String) row[5]),
                (int) row[6],
                Optional.ofNullable((String) row[7]),
                (Instant) row[8],
                (Instant) row[9]);
    }

    /** How many are to be handled yet. */
    long waiting() {
        Map<InboxState, Long> counts = counts();
        return counts.getOrDefault(InboxState.READY, 0L) + counts.getOrDefault(InboxState.RUNNING, 0L);
    }

    @Override
    public boolean redrive(long number) {
        return redrive("e.id = :which", number) == 1;
    }

    @Override
    public int redriveAll(String sender) {
        return redrive("e.sender = :which", sender);
    }

    private int redrive(String which, Object value) {
        return transactions.own(entities -> entities.createQuery("update StoredEvent e set e.state = :ready,"
                        + " e.attempts = 0, e.changedAt = :now, e.dueAt = :now where " + which
                        + " and e.state in (:dead, :unhandled)")
                .setParameter("ready", InboxState.READY)
                .setParameter("now", clock.now(entities))
                .setParameter("which", value)
                .setParameter("dead", InboxState.DEAD)
                .setParameter("unhandled", InboxState.UNHANDLED)
                .executeUpdate());
    }
}
