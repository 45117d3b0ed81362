package org.verifiedwebhook.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tells what time it is to whatever nodes have to agree on: leases, waits, and when a delivery may be forgotten. */
@FunctionalInterface
interface StoreClock {

    /**
     * That of the database, which is one for all nodes. A node whose own clock is wrong, or is set while deliveries wait,
     * then ends no lease early and keeps nothing waiting. Only for a transaction that has just begun: within one the
     * databases' clocks stand still.
     */
    StoreClock DATABASE = entities -> Instant.ofEpochMilli(
            ((Number) entities.createNativeQuery("select cast(extract(epoch from current_timestamp) * 1000 as bigint)")
                            .setHint("jakarta.persistence.query.timeout", 3_000)
                            .getSingleResult())
                    .longValue());

    /** As exact as it is stored. */
    Instant now(EntityManager entities);

    /** One that tests set. */
    static StoreClock of(Clock clock) {
        return entities -> clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
