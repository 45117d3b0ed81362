package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.verifiedwebhook.WebhookInbox;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.jpa.GroupCommit.Written;

/**
 * Writes a group of deliveries in one transaction: of each the delivery, done, with its acknowledgement as the answer for
 * copies, and the event to handle. The unique keys of the deliveries decide what a copy is, here as for inline endpoints.
 */
final class InboxWriter {

    /** Ids of one group, of which there are more than a group has members. */
    private static final long IDS = 1024;
    /** As for inline claims: longer than the silence after which our own connections are given up. */
    private static final int QUERY_TIMEOUT_MILLIS = 3_000;

    private final StoreTransactions transactions;
    private final StoreClock clock;

    InboxWriter(StoreTransactions transactions, StoreClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What became of each, in the same order.
     *
     * @throws DeliveryStoreUnavailableException if the database cannot write; some may be stored even so, which shows
     *     when they come again
     */
    List<Written<WebhookInbox.Result>> write(List<WebhookInbox.Entry> group) {
        // Another node may commit a copy after we looked and before we insert: the second time we see it.
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                return transactions.own(entities -> new Group(entities).write(group)).stream()
                        .map(Written::of)
                        .toList();
            } catch (RuntimeException e) {
                if (!isAboutTheRows(e)) {
                    throw unavailable(e);
                }
                if (group.size() == 1 && attempt > 0) {
                    return List.of(Written.failed(unavailable(e)));
                }
            }
        }
        List<Written<WebhookInbox.Result>> each = new ArrayList<>();
        group.forEach(entry -> each.addAll(write(List.of(entry))));
        return each;
    }

    private static DeliveryStoreUnavailableException unavailable(RuntimeException e) {
        return new DeliveryStoreUnavailableException("the database could not store the delivery", e);
    }

    /** Whether another group, or each row by itself, may fare better: SQL states of data, of keys and of conflicts. */
    private static boolean isAboutTheRows(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().matches("(22|23|40).*")) {
                return true;
            }
        }
        return false;
    }

    /** One transaction. */
    private final class Group {
        private final EntityManager entities;
        private final Instant now;
        private final Map<String, Set<StoredDelivery>> known = new HashMap<>();
        private final Map<String, Answer> mine = new HashMap<>();
        private long firstId;

        Group(EntityManager entities) {
            this.entities = entities;
            this.now = clock.now(entities);
        }

        List<WebhookInbox.Result> write(List<WebhookInbox.Entry> group) {
            find(group);
            WebhookInbox.Result[] results = new WebhookInbox.Result[group.size()];
            // Whoever writes the same keys takes them in the same order, or each would wait for the other.
            IntStream.range(0, results.length)
                    .boxed()
                    .sorted(Comparator.comparing(place -> lockKey(group.get(place))))
                    .forEach(place -> results[place] = result(group.get(place), place));
            // Here and not in the commit, whose exceptions say less.
            entities.flush();
            return List.of(results);
        }

        /** What copies have in common. */
        private static String lockKey(WebhookInbox.Entry entry) {
            List<String> keys = keys(entry);
            return keys.get(keys.size() - 1);
        }

        private static List<String> keys(WebhookInbox.Entry entry) {
            List<String> keys = new ArrayList<>(2);
            keys.add(DeliveryKey.fingerprint(entry.keys()));
            DeliveryKey.id(entry.keys()).ifPresent(keys::add);
            return keys;
        }

        private void find(List<WebhookInbox.Entry> group) {
            find("fingerprintKey", group.stream().map(e -> DeliveryKey.fingerprint(e.keys())));
            find("idKey", group.stream().flatMap(e -> DeliveryKey.id(e.keys()).stream()));
        }

        /** One kind of key at a time: with "or" between them H2 would read the whole table. */
        private void find(String kind, Stream<String> wanted) {
            List<String> keys = wanted.toList();
            if (keys.isEmpty()) {
                return;
            }
            entities.createQuery("select d from StoredDelivery d where d." + kind + " in :keys", StoredDelivery.class)
                    .setParameter("keys", keys)
                    .setHint("jakarta.persistence.query.timeout", QUERY_TIMEOUT_MILLIS)
                    .getResultStream()
                    .forEach(this::know);
        }

        private void know(StoredDelivery found) {
            known.computeIfAbsent(found.fingerprintKey(), k -> new HashSet<>()).add(found);
            found.idKey().ifPresent(id -> known.computeIfAbsent(id, k -> new HashSet<>())
                    .add(found));
        }

        private WebhookInbox.Result result(WebhookInbox.Entry entry, int place) {
            List<String> keys = keys(entry);
            Optional<Answer> copied =
                    keys.stream().map(mine::get).filter(a -> a != null).findFirst();
            if (copied.isPresent()) {
                return new WebhookInbox.Result.Duplicate(copied.get());
            }
            Set<StoredDelivery> others = new HashSet<>();
            keys.forEach(key -> others.addAll(known.getOrDefault(key, Set.of())));
            long fence = 0;
            for (StoredDelivery other : others) {
                if (other.state() == StoredDelivery.State.DONE
                        && other.forgetAt().isAfter(now)) {
                    return new WebhookInbox.Result.Duplicate(other.answer());
                }
                if (other.state() == StoredDelivery.State.CLAIMED
                        && other.leaseUntil().isAfter(now)) {
                    return new WebhookInbox.Result.InFlight();
                }
                fence = Math.max(fence, other.fence());
            }
            if (!forgotten(others)) {
                return new WebhookInbox.Result.InFlight();
            }
            // As great as an inline claim's would be: a number once given never counts again.
            store(entry, place, Math.max(fence + 1, now.toEpochMilli()));
            keys.forEach(key -> mine.put(key, entry.acknowledgement()));
            return new WebhookInbox.Result.Stored();
        }

        /** Deletes what holds our keys and counts no more; false if somebody has taken it up meanwhile. */
        private boolean forgotten(Set<StoredDelivery> others) {
            for (StoredDelivery other : others) {
                int deleted = entities.createQuery(
                                "delete from StoredDelivery d where d.id = :id and d.fence = :fence and d.state = :state")
                        .setParameter("id", other.id())
                        .setParameter("fence", other.fence())
                        .setParameter("state", other.state())
                        .executeUpdate();
                if (deleted == 0) {
                    return false;
                }
                entities.detach(other);
                known.values().forEach(rows -> rows.remove(other));
            }
            return true;
        }

        private void store(WebhookInbox.Entry entry, int place, long fence) {
            if (firstId == 0) {
                Number group = (Number) entities.createNativeQuery("select nextval('webhook_inbox_group')")
                        .getSingleResult();
                firstId = group.longValue() * IDS;
            }
            StoredDelivery delivery = new StoredDelivery(entry.keys(), fence, now, now, now.plus(entry.retention()));
            entities.persist(delivery.done(entry.acknowledgement()));
            entities.persist(new StoredEvent(firstId + place, entry, now));
        }
    }
}
