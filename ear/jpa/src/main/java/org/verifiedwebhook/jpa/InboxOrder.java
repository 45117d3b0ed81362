package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
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

    /**
     * Whether row {@code i} may run: none of its key is running, and none that came earlier is not at its end. Two
     * questions, so that each is one look into an index, however much of the key is done.
     */
    static final String MAY_RUN = "(i.ordering_key is null"
            + " or not exists (select 1 from webhook_inbox r where r.ordering_key = i.ordering_key"
            + " and r.state = 'RUNNING' and r.id <> i.id)"
            + " and not exists (select 1 from webhook_inbox o where o.ordering_key = i.ordering_key"
            + " and o.state = 'READY' and o.id < i.id))";

    /** The number keeps apart from locks of the application. */
    private static final String LOCKED = "select k.ordering_key from (values %s) k (ordering_key)"
            + " where pg_try_advisory_xact_lock(hashtextextended(k.ordering_key, 8723415))";

    private static final String STILL = "select i.id from webhook_inbox i where i.id in (%s) and " + MAY_RUN;

    private InboxOrder() {}

    /**
     * Those that may run as far as this transaction alone decides, until its end. PostgreSQL only: an embedded database
     * has one node, which looks for work on one thread at a time.
     *
     * @param keys of rows, by their ids
     */
    static Set<Long> decided(EntityManager entities, Map<Long, String> keys, int timeoutMillis) {
        List<?> locked = asked(entities, LOCKED, "(cast(?%d as varchar))", List.copyOf(keys.values()), timeoutMillis);
        List<Long> ids = keys.keySet().stream()
                .filter(id -> locked.contains(keys.get(id)))
                .toList();
        // A statement of its own sees what was committed by who had the lock before.
        return asked(entities, STILL, "?%d", ids, timeoutMillis).stream()
                .map(id -> ((Number) id).longValue())
                .collect(Collectors.toSet());
    }

    private static List<?> asked(EntityManager entities, String sql, String mark, List<?> values, int timeoutMillis) {
        if (values.isEmpty()) {
            return List.of();
        }
        String marks = IntStream.rangeClosed(1, values.size())
                .mapToObj(mark::formatted)
                .collect(Collectors.joining(", "));
        Query query = entities.createNativeQuery(sql.formatted(marks))
                .setHint("jakarta.persistence.query.timeout", timeoutMillis);
        for (int place = 1; place <= values.size(); place++) {
            query.setParameter(place, values.get(place - 1));
        }
        return query.getResultList();
    }
}
