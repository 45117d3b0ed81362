package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.inbox.Inbox;
import org.verifiedwebhook.inbox.InboxItem;
import org.verifiedwebhook.inbox.InboxState;

/** Claims, ends and deletes the rows of the inbox. Several nodes may do so at once. */
final class InboxRows implements Inbox {

    /**
     * What is due, oldest first, but never two of one ordering key: neither beside one that is running nor before one that
     * came earlier and is not at its end. H2 and PostgreSQL pass over rows that another worker is claiming.
     */
    private static final String DUE = "select i.id from webhook_inbox i"
            + " where i.state in ('READY', 'RUNNING') and i.due_at_ms <= ?1"
            + " and (i.ordering_key is null or not exists (select 1 from webhook_inbox o"
            + " where o.ordering_key = i.ordering_key and o.id <> i.id and o.state in ('READY', 'RUNNING')"
            + " and (o.id < i.id or o.state = 'RUNNING')))"
            + " order by i.due_at_ms, i.id limit ?2 for update skip locked";

    private static final String OLD = "delete from webhook_inbox where id in (select id from webhook_inbox"
            + " where state = ?1 and changed_at_ms < ?2 order by changed_at_ms limit ?3)";
    /** Of what waits, or runs: what was dated before the clock was set back, now, with the wait or lease that it had. */
    private static final String REDATE = "update webhook_inbox set due_at_ms = due_at_ms - changed_at_ms + ?1,"
            + " changed_at_ms = ?1 where state in ('READY', 'RUNNING') and due_at_ms > ?2 and changed_at_ms > ?2";
    /** By how much a date may lie ahead; so short a wait does no harm. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private static final String HELD = " where e.id = :id and e.fence = :fence and e.state = :running";
    private static final int MOST = 1000;
    /** Of the query that all of a node's work waits for, whatever data source it is. */
    private static final int QUERY_TIMEOUT_MILLIS = 10_000;

    private final StoreTransactions transactions;
    private final StoreClock clock;

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

    /** What was claimed, and what was found to have had all its attempts without an end. */
    record Claims(List<Claimed> claimed, List<InboxItem> dead) {}

    /** Claims at most that many. */
    Claims claim(int most, int attempts, Duration lease) {
        return transactions.own(entities -> {
            Instant now = clock.now(entities);
            List<Long> ids = new ArrayList<>();
            for (Object id : entities.createNativeQuery(DUE)
                    .setParameter(1, now.toEpochMilli())
                    .setParameter(2, most)
                    .setHint("jakarta.persistence.query.timeout", QUERY_TIMEOUT_MILLIS)
                    .getResultList()) {
                ids.add(((Number) id).longValue());
            }
            List<Claimed> claimed = new ArrayList<>();
            List<InboxItem> dead = new ArrayList<>();
            if (ids.isEmpty()) {
                return new Claims(claimed, dead);
            }
            List<StoredEvent> rows = new ArrayList<>(
                    entities.createQuery("select e from StoredEvent e where e.id in :ids", StoredEvent.class)
                            .setParameter("ids", ids)
                            .getResultList());
            rows.sort(Comparator.comparing(row -> ids.indexOf(row.id())));
            for (StoredEvent row : rows) {
                if (row.attempts() >= attempts) {
                    row.die(
                            now,
                            "the last attempt did not come to an end: its server stopped, or it outlived its lease");
                    dead.add(row.item());
                } else {
                    row.run(now, now.plus(lease));
                    claimed.add(new Claimed(row, row.fence(), System.nanoTime()));
                }
            }
            entities.flush();
            return new Claims(claimed, dead);
        });
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
        return transactions.own(entities -> entities
                .createQuery("select e from StoredEvent e where e.state = :state order by e.id desc", StoredEvent.class)
                .setParameter("state", state)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(StoredEvent::item)
                .toList());
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
