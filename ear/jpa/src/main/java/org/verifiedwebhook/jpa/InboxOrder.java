package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sees to it that of one ordering key one delivery is handled at a time, on whatever node. Two nodes that claim at once
 * do not see each other's claims: each may find another delivery of the key to be the first.
 */
final class InboxOrder {

    private static final String OTHER_RUNNING = "not exists (select 1 from webhook_inbox r"
            + " where r.ordering_key = i.ordering_key and r.state = 'RUNNING' and r.id <> i.id";

    /**
     * Whether row {@code i} may run. One that was begun, and whose worker is gone, goes on before all others of its key, or
     * each would wait for the other; of several the first. One that is ready waits for what is running and for what came
     * earlier. Each question is one look into an index, however much of the key is done.
     */
    private static final String MAY_RUN = "(i.ordering_key is null"
            + " or i.state = 'RUNNING' and " + OTHER_RUNNING + " and (r.id < i.id or r.due_at_ms > %1$s))"
            + " or i.state = 'READY' and " + OTHER_RUNNING + ")"
            + " and not exists (select 1 from webhook_inbox o where o.ordering_key = i.ordering_key"
            + " and o.state = 'READY' and o.id < i.id))";

    /** The number keeps apart from locks of the application. */
    private static final String LOCKED = "select k.ordering_key from (values %s) k (ordering_key)"
            + " where pg_try_advisory_xact_lock(hashtextextended(k.ordering_key, 8723415))";

    private static final String STILL = "select i.id from webhook_inbox i where i.id in (%s) and " + mayRun("?1");

    private InboxOrder() {}

    /** The condition on row {@code i}, with what stands for the time. */
    static String mayRun(String now) {
        return MAY_RUN.formatted(now);
    }

    /**
     * Those that may run as far as this transaction alone decides, until its end. PostgreSQL only: an embedded database has
     * one node, which looks for work on one thread at a time.
     *
     * @param keys of rows, by their ids
     */
    static Set<Long> decided(EntityManager entities, Instant now, Map<Long, String> keys, int timeoutMillis) {
        List<?> locked =
                asked(entities, LOCKED, List.of(), "(cast(?%d as varchar))", List.copyOf(keys.values()), timeoutMillis);
        List<Long> ids = keys.keySet().stream()
                .filter(id -> locked.contains(keys.get(id)))
                .toList();
        // A statement of its own sees what was committed by who had the lock before.
        return asked(entities, STILL, List.of(now.toEpochMilli()), "?%d", ids, timeoutMillis).stream()
                .map(id -> ((Number) id).longValue())
                .collect(Collectors.toSet());
    }

    /** What {@code sql} finds, with a mark in it for each of the values; none if there is no value. */
    private static List<?> asked(
            EntityManager entities, String sql, List<?> before, String mark, List<?> values, int timeoutMillis) {
        if (values.isEmpty()) {
            return List.of();
        }
        List<Object> all = new ArrayList<>(before);
        all.addAll(values);
        String marks = IntStream.rangeClosed(before.size() + 1, all.size())
                .mapToObj(mark::formatted)
                .collect(Collectors.joining(", "));
        Query query = entities.createNativeQuery(sql.formatted(marks))
                .setHint("jakarta.persistence.query.timeout", timeoutMillis);
        for (int place = 1; place <= all.size(); place++) {
            query.setParameter(place, all.get(place - 1));
        }
        return query.getResultList();
    }
}
