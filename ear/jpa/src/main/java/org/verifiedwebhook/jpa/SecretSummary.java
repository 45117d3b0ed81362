package org.verifiedwebhook.jpa;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be shown of a stored secret: everything but its value.
 *
 * @param id the row's id
 * @param sender the sender
 * @param tenant the tenant, if the sender has tenants
 * @param label the name in logs
 * @param validFrom from when it counts
 * @param validUntil from when it counts no more
 * @param createdAt when it was stored
 */
public record SecretSummary(
        String id,
        String sender,
        Optional<String> tenant,
        String label,
        Instant validFrom,
        Optional<Instant> validUntil,
        Instant createdAt) {

    static SecretSummary of(StoredSecret row) {
        return new SecretSummary(
                row.id(),
                row.sender(),
                row.tenant().map(Tenant::name),
                row.label(),
                row.validFrom(),
                row.validUntil(),
                row.createdAt());
    }
}
