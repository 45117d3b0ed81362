package org.verifiedwebhook.it.contract;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.Claim;
import org.verifiedwebhook.delivery.ClaimToken;
import org.verifiedwebhook.delivery.DeliveryKeys;
import org.verifiedwebhook.delivery.DeliveryStore;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.delivery.InMemoryDeliveryStore;

/** Remembers deliveries, but for those of a tenant whose store is down. */
@ApplicationScoped
public class Deliveries implements DeliveryStore {

    /** Chaindoc v2 signs its ids, so a delivery can say by the beginning of its id what is to fail. */
    public static final String CLAIM_FAILS = "claim-fails";

    public static final String COMPLETE_FAILS = "complete-fails";

    private final InMemoryDeliveryStore memory = new InMemoryDeliveryStore();

    @Override
    public Claim claim(DeliveryKeys keys, Duration lease, Duration retention) {
        failIf(keys, CLAIM_FAILS);
        return memory.claim(keys, lease, retention);
    }

    @Override
    public boolean complete(ClaimToken token, Answer answer) {
        failIf(token.keys(), COMPLETE_FAILS);
        return memory.complete(token, answer);
    }

    @Override
    public void release(ClaimToken token) {
        memory.release(token);
    }

    private static void failIf(DeliveryKeys keys, String id) {
        if (keys.id().map(i -> i.startsWith(id)).orElse(false)) {
            throw new DeliveryStoreUnavailableException("down on purpose");
        }
    }
}
