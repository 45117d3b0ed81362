package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.HandlerTransaction;

/**
 * Remembers deliveries in the table {@code webhook_delivery}, for all nodes and across restarts.
 *
 * <p>At-least-once in, exactly one committed effect if the handler shares the transaction: a claim is committed by itself
 * before the handler runs; then the store begins the transaction that the handler's work on the same database takes part
 * in (an entity manager of any persistence unit over it, {@code @Transactional} in {@code REQUIRED}, enterprise beans),
 * and records the completion in it, fenced. Both commit before the answer leaves, or neither does and the sender comes
 * again. What a handler does outside of it ({@code REQUIRES_NEW}, a message, a call of another system, another database
 * without XA) happens at least once. Endpoints that handle copies have no claim and no transaction.
 *
 * <p>The database's clock tells when a lease is over, whatever the nodes' clocks say. If it is set forward a lease can end
 * early, and the fence then keeps the first handler's work from committing; if it is set back a lease begins anew.
 */
@ApplicationScoped
public class JpaDeliveryStore implements DeliveryStore {

    private static final System.Logger LOG = System.getLogger(JpaDeliveryStore.class.getName());

    /** One key at a time: with "or" between them H2 would read the whole table. */
    private static final List<String> KEYS = List.of("fingerprintKey", "idKey");

    private static final String KNOWN = "select d from StoredDelivery d where d.%s = :key";
    private static final String MAKE_ROOM = "delete from StoredDelivery d where d.%s = :key and d.forgetAt <= :now";
    private static final String UNCHANGED = " where d.id = :row and d.fence = :seen and d.state = :state";
    private static final String TAKE_OVER = "update StoredDelivery d set d.state = :claimed, d.fence = :fence,"
            + " d.fingerprintKey = :fingerprint, d.idKey = :id, d.leaseUntil = :lease, d.forgetAt = :forget,"
            + " d.answerStatus = null, d.answerHeaders = null, d.answerBody = null" + UNCHANGED;
    private static final String FORGET = "delete from StoredDelivery d" + UNCHANGED;
    private static final String HELD =
            " where d.fingerprintKey = :fingerprint and d.fence = :fence and d.state = :claimed";
    private static final String COMPLETE = "update StoredDelivery d set d.state = :done, d.answerStatus = :status,"
            + " d.answerHeaders = :headers, d.answerBody = :body" + HELD;
    private static final String SHORTEN = "update StoredDelivery d set d.leaseUntil = :lease" + UNCHANGED;
    private static final String RELEASE = "update StoredDelivery d set d.leaseUntil = :over" + HELD;
    private static final String FORGOTTEN =
            "select d.id from StoredDelivery d where d.forgetAt <= :now order by d.forgetAt";
    private static final String PURGE = "delete from StoredDelivery d where d.id in :rows and d.forgetAt <= :now";

    /** Of several nodes one wins each time; who loses five times in a row asks the sender to come again. */
    private static final int ATTEMPTS = 5;
    /**
     * Longer than the silence after which our own connections to PostgreSQL are given up: its driver would wait for the
     * answer to a cancellation, too.
     */
    private static final int QUERY_TIMEOUT_MILLIS = 3_000;

    static final int PURGE_BATCH = 500;

    /** Of the 20 connections that a pool mostly has: the inbox, secrets and the application need some as well. */
    private static final int TURNS = 12;
    /** Of one sender and tenant: handlers keep theirs as long as they run. */
    private static final int SHARE = 9;
    /** Nobody's: what has its share must be able to give claims back. */
    private static final Lane RELEASES = new Lane("", "");

    /** With what a silent database takes itself this is less than senders wait. */
    private static final Duration TURN_WAIT = Duration.ofMillis(500);

    private final StoreTransactions transactions;
    private final StoreClock clock;
    private final Turns turns = new Turns(TURNS, SHARE, TURN_WAIT);

    /** For CDI's proxies. */
    protected JpaDeliveryStore() {
        this(null, null);
    }

    @Inject
    JpaDeliveryStore(JtaTransactions transactions) {
        this(transactions, StoreClock.DATABASE);
    }

    JpaDeliveryStore(StoreTransactions transactions, StoreClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
        RuntimeException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Optional<Claim> claim = own(lane(keys), entities -> claim(entities, keys, lease, retention));
                if (claim.isPresent()) {
                    return claim.get();
                }
            } catch (RuntimeException e) {
                last = e;
                if (!isRace(e)) {
                    break;
                }
            }
        }
        throw new DeliveryStoreUnavailableException("a delivery of " + keys.sender() + " cannot be claimed", last);
    }

    /** A transaction of its own, in turn. The turn ends after the commit. */
    private <T> T own(Lane lane, Function<EntityManager, T> work) {
        turns.take(lane);
        boolean worked = false;
        try {
            T result = transactions.own(work);
            worked = true;
            return result;
        } catch (RuntimeException e) {
            worked = isRace(e);
            throw e;
        } finally {
            turns.giveBack(lane, worked);
        }
    }

    /** Empty if another was faster: look again. */
    private Optional<Claim> claim(EntityManager entities, DeliveryKeys keys, Duration lease, Duration retention) {
        Instant now = clock.now(entities);
        List<StoredDelivery> known = known(entities, keys, now);
        for (StoredDelivery row : known) {
            if (row.state() == StoredDelivery.State.DONE) {
                return Optional.of(new Claim.Completed(row.answer()));
            }
            if (now.isBefore(row.leaseUntil())) {
                return Optional.of(new Claim.InFlight(left(entities, row, now, lease)));
            }
        }
        Instant leaseUntil = now.plus(lease);
        Instant forgetAt = leaseUntil.plus(retention);
        if (known.isEmpty()) {
            // So great that one who outlived even the row cannot meet his own number again.
            long fence = now.toEpochMilli();
            entities.persist(new StoredDelivery(keys, fence, now, leaseUntil, forgetAt));
            entities.flush();
            return Optional.of(new Claim.Granted(new ClaimToken(keys, fence)));
        }
        return takeOver(entities, keys, known, leaseUntil, forgetAt);
    }

    /** How long a lease still lasts; one that would last far longer than leases do is from before the clock was set back. */
    private static Duration left(EntityManager entities, StoredDelivery row, Instant now, Duration lease) {
        Duration left = Duration.between(now, row.leaseUntil());
        if (left.compareTo(lease.multipliedBy(2)) <= 0) {
            return left;
        }
        unchanged(bounded(entities.createQuery(SHORTEN)), row)
                .setParameter("lease", now.plus(lease))
                .executeUpdate();
        return lease;
    }

    private Optional<Claim> takeOver(
            EntityManager entities,
            DeliveryKeys keys,
            List<StoredDelivery> known,
            Instant leaseUntil,
            Instant forgetAt) {
        long fence = 1 + known.stream().mapToLong(StoredDelivery::fence).max().orElseThrow();
        StoredDelivery kept = known.get(0);
        // Attempts under the fingerprint and under the id that did not know of each other: from now on one delivery.
        for (StoredDelivery other : known.subList(1, known.size())) {
            if (unchanged(bounded(entities.createQuery(FORGET)), other).executeUpdate() != 1) {
                return Optional.empty();
            }
        }
        int won = unchanged(bounded(entities.createQuery(TAKE_OVER)), kept)
                .setParameter("claimed", StoredDelivery.State.CLAIMED)
                .setParameter("fence", fence)
                .setParameter("fingerprint", DeliveryKey.fingerprint(keys))
                .setParameter("id", DeliveryKey.id(keys).or(kept::idKey).orElse(null))
                .setParameter("lease", leaseUntil)
                .setParameter("forget", forgetAt)
                .executeUpdate();
        return won == 1 ? Optional.of(new Claim.Granted(new ClaimToken(keys, fence))) : Optional.empty();
    }

    /** What is known under either key: no row, or one, or two. What may be forgotten goes first. */
    private static List<StoredDelivery> known(EntityManager entities, DeliveryKeys keys, Instant now) {
        List<String> values = new ArrayList<>(2);
        values.add(DeliveryKey.fingerprint(keys));
        DeliveryKey.id(keys).ifPresent(values::add);
        Map<String, StoredDelivery> rows = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            bounded(entities.createQuery(MAKE_ROOM.formatted(KEYS.get(i))))
                    .setParameter("key", values.get(i))
                    .setParameter("now", now)
                    .executeUpdate();
            TypedQuery<StoredDelivery> query = entities.createQuery(KNOWN.formatted(KEYS.get(i)), StoredDelivery.class);
            bounded(query);
            query.setParameter("key", values.get(i)).getResultList().forEach(row -> rows.put(row.id(), row));
        }
        return List.copyOf(rows.values());
    }

    private static Query unchanged(Query query, StoredDelivery row) {
        return query.setParameter("row", row.id())
                .setParameter("seen", row.fence())
                .setParameter("state", row.state());
    }

    private static Query held(Query query, ClaimToken token) {
        DeliveryKey.id(token.keys()).ifPresent(id -> query.setParameter("id", id));
        return query.setParameter("fingerprint", DeliveryKey.fingerprint(token.keys()))
                .setParameter("fence", token.number())
                .setParameter("claimed", StoredDelivery.State.CLAIMED);
    }

    private static Query bounded(Query query) {
        return query.setHint("jakarta.persistence.query.timeout", QUERY_TIMEOUT_MILLIS);
    }

    /** Under every key of the token: a successor may have come by one of two. */
    private static String underEveryKey(String held, ClaimToken token) {
        return token.keys().id().isPresent() ? held + " and d.idKey = :id" : held;
    }

    /** Whether another transaction was in the way: a key taken meanwhile, a deadlock, a conflict. */
    private static boolean isRace(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("23") || sql.getSQLState().startsWith("40");
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public boolean complete(ClaimToken token, Answer answer) {
        try {
            return transactions.joined(entities -> {
                        // First what the handler left to write, Hibernate would write it last: while that takes its
                        // time the row must not be locked, or nobody could take over from a node that stalls there.
                        entities.flush();
                        return held(bounded(entities.createQuery(underEveryKey(COMPLETE, token))), token)
                                .setParameter("done", StoredDelivery.State.DONE)
                                .setParameter("status", answer.status())
                                .setParameter("headers", AnswerHeaders.toText(answer.headers()))
                                .setParameter("body", answer.body())
                                .executeUpdate();
                    })
                    == 1;
        } catch (RuntimeException e) {
            throw new DeliveryStoreUnavailableException(
                    "a delivery of " + token.keys().sender() + " cannot be completed", e);
        }
    }

    /** Ends the lease and keeps the row with its number: a deleted one would let an older holder's number count again. */
    @Override
    public void release(ClaimToken token) {
        try {
            releaseNow(token);
        } catch (RuntimeException e) {
            // This thread may have waited in vain just now, for a lock perhaps, and is not made to wait again.
            transactions.elsewhere(() -> releaseAgain(token));
            throw new DeliveryStoreUnavailableException(
                    "a delivery of " + token.keys().sender() + " cannot be released at once", e);
        }
    }

    private void releaseNow(ClaimToken token) {
        own(RELEASES, entities -> held(bounded(entities.createQuery(underEveryKey(RELEASE, token))), token)
                .setParameter("over", Instant.EPOCH)
                .executeUpdate());
    }

    private void releaseAgain(ClaimToken token) {
        try {
            releaseNow(token);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "a delivery of " + token.keys().sender() + " cannot be released: its lease ends by itself",
                    e);
        }
    }

    private static Lane lane(DeliveryKeys keys) {
        return new Lane(keys.sender(), keys.tenant());
    }

    @Override
    public boolean transactional() {
        return true;
    }

    @Override
    public HandlerTransaction begin(ClaimToken token, Duration timeout) {
        Lane lane = lane(token.keys());
        turns.take(lane);
        HandlerTransaction begun = null;
        try {
            begun = transactions.begin(timeout);
            return new InTurn(begun, worked -> turns.giveBack(lane, worked));
        } finally {
            if (begun == null) {
                turns.giveBack(lane, false);
            }
        }
    }

    /** A transaction that ends its turn. */
    private static final class InTurn implements HandlerTransaction {

        private final HandlerTransaction transaction;
        private final Consumer<Boolean> giveBack;
        private final AtomicBoolean ended = new AtomicBoolean();

        InTurn(HandlerTransaction transaction, Consumer<Boolean> giveBack) {
            this.transaction = transaction;
            this.giveBack = giveBack;
        }

        @Override
        public void commit() {
            boolean worked = false;
            try {
                transaction.commit();
                worked = true;
            } finally {
                end(worked);
            }
        }

        @Override
        public void rollback() {
            try {
                transaction.rollback();
            } finally {
                // It may be the handler's own fault.
                end(true);
            }
        }

        private void end(boolean worked) {
            if (ended.compareAndSet(false, true)) {
                giveBack.accept(worked);
            }
        }
    }

    /**
     * Deletes rows that may be forgotten, {@value #PURGE_BATCH} at most. Every node may do so at any time.
     *
     * @return how many
     */
    int purge() {
        return transactions.own(entities -> {
            Instant now = clock.now(entities);
            List<String> rows = entities.createQuery(FORGOTTEN, String.class)
                    .setParameter("now", now)
                    .setMaxResults(PURGE_BATCH)
                    .getResultList();
            return rows.isEmpty()
                    ? 0
                    : entities.createQuery(PURGE)
                            .setParameter("rows", rows)
                            .setParameter("now", now)
                            .executeUpdate();
        });
    }
}
