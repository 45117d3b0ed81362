package org.verifiedwebhook;

import java.util.Optional;
import java.util.OptionalLong;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Rate;
import org.verifiedwebhook.sender.Sender;

/**
 * Whom a sender's rate limits count: before verification addresses only, because an unverified tenant would be a weapon
 * against its owner; after it the tenant.
 *
 * @param perAddress the limit of each address
 * @param perTenant the limit of each tenant
 */
record Throttle(Optional<RateLimits.Limit> perAddress, Optional<RateLimits.Limit> perTenant) {

    static Throttle of(Sender sender, Optional<Rate> addressRate, RateLimits limits) {
        return new Throttle(
                addressRate.map(rate -> limits.limit("address " + sender.name(), rate)),
                sender.limits().rate().map(rate -> limits.limit("tenant " + sender.name(), rate)));
    }

    /** Counts a request of nobody knows whom; if there are too many, the seconds until one may come. */
    OptionalLong unverified(WebhookRequest request) {
        return perAddress
                .map(limit -> limit.take(AddressRange.subscriber(request.address())))
                .orElse(OptionalLong.empty());
    }

    /** Whether the next request of that address is one too many; counts nothing. */
    boolean refusesNext(WebhookRequest request) {
        return perAddress.isPresent() && perAddress.get().isUsedUp(AddressRange.subscriber(request.address()));
    }

    /** Counts a delivery; if there are too many, the seconds until one may come. */
    OptionalLong verified(WebhookDelivery delivery, WebhookRequest request) {
        return perTenant.map(limit -> limit.take(who(delivery, request))).orElse(OptionalLong.empty());
    }

    /** Takes back that a delivery was counted: it was not handled. */
    void giveBack(WebhookDelivery delivery, WebhookRequest request) {
        perTenant.ifPresent(limit -> limit.giveBack(who(delivery, request)));
    }

    private static String who(WebhookDelivery delivery, WebhookRequest request) {
        String tenant = delivery.tenant().or(delivery::claimedTenant).orElse("");
        // Whoever knows an unsigned sender's tenant could use its tokens up, so each address has its own.
        return delivery.assurance() == Assurance.IDENTIFIED
                ? AddressRange.subscriber(request.address()) + " " + tenant
                : tenant;
    }
}
