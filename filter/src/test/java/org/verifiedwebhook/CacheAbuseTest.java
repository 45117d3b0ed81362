package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.TenantResolver;
import org.verifiedwebhook.sender.Reason;

/** A flood of tenants that nobody has invented before, and a new one that is real. */
class CacheAbuseTest {

    private static final int TENANTS = 10_000;
    private static final Secret SECRET = Secret.ofText("first", SignedRequests.SECRET);

    private final AtomicInteger lookUps = new AtomicInteger();
    private final Map<String, SecretSet> secrets = new ConcurrentHashMap<>(Map.of("acme", SecretSet.of(SECRET)));
    private int number;

    private TestGate gate(String... settings) {
        return TestGate.with(
                b -> b.tenants(TenantResolver.identity()).secrets(request -> {
                    lookUps.incrementAndGet();
                    return secrets.getOrDefault(request.tenant().orElseThrow(), SecretSet.none());
                }),
                settings);
    }

    private Draft of(String tenant) {
        byte[] body = SignedRequests.utf8("{\"tenant_external_id\":\"" + tenant + "\",\"n\":" + number++ + "}");
        return SignedRequests.edgvoipBody(body)
                .tag("sha256=" + SignedRequests.hex("HmacSHA256", SignedRequests.SECRET, body));
    }

    /** Why it was refused; empty if it verified. */
    private static Optional<Reason> refused(TestGate gate, Draft draft) {
        return gate.gate.verify(draft.sender, draft.build()) instanceof Verdict.Rejected rejected
                ? Optional.of(rejected.reason())
                : Optional.empty();
    }

    @Test
    void newTenantInTheFlood_isAcceptedWithinFiveSeconds() throws InterruptedException {
        TestGate gate = gate();
        for (int i = 0; i < TENANTS; i++) {
            assertEquals(Optional.of(Reason.SECRET_MISSING), refused(gate, of("invented-" + i)));
        }
        assertEquals(TENANTS, lookUps.get());
        assertEquals(Optional.of(Reason.SECRET_MISSING), refused(gate, of("newcomer")));
        long created = System.nanoTime();
        secrets.put("newcomer", SecretSet.of(SECRET));
        while (refused(gate, of("newcomer")).isPresent()) {
            assertTrue(System.nanoTime() - created < Duration.ofSeconds(5).toNanos());
            Thread.sleep(50);
        }
    }

    @Test
    void floodFromOneAddress_isLookedUpAtItsRateOnlyAndKeepsNobodyOut() {
        TestGate gate = gate("edgvoip/address-rate", "100/PT1M");
        for (int i = 0; i < TENANTS; i++) {
            gate.answer(of("invented-" + i).address("203.0.113.9"));
        }
        assertEquals(100, lookUps.get());
        assertEquals(Optional.empty(), refused(gate, of("acme").address("198.51.100.7")));
        assertEquals(101, lookUps.get());
    }
}
