package org.verifiedwebhook.jpa;

import org.verifiedwebhook.WebhookDelivery;

/**
 * Whose deliveries share workers of the inbox: those of one sender and tenant. The claimed tenant counts where none is
 * verified, as it does for rates.
 */
record Lane(String sender, String tenant) {

    /** The columns of a row that are its lane. */
    static final String COLUMNS = "i.sender, coalesce(i.tenant, i.claimed_tenant, '')";

    static Lane of(WebhookDelivery delivery) {
        return new Lane(
                delivery.sender(), delivery.tenant().or(delivery::claimedTenant).orElse(""));
    }
}
