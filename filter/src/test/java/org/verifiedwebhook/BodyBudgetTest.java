package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.secret.Settings;

class BodyBudgetTest {

    private static final int LIMIT = 1 << 20;

    private final BodyBudget budget = new BodyBudget(LIMIT);

    @Test
    void largeBodies_leaveAQuarterToSmallOnes() {
        BodyBudget.Share large = budget.open();
        assertTrue(large.grow(LIMIT / 4 * 3));
        assertFalse(large.grow(1));
        BodyBudget.Share small = budget.open();
        assertTrue(small.grow(BodyBudget.SMALL));
        assertFalse(small.grow(1), "it is small no more");
        assertEquals(LIMIT / 4 * 3 + BodyBudget.SMALL, budget.held());
    }

    @Test
    void smallBodies_takeTheWholeBudgetAndNoMore() {
        for (int i = 0; i < LIMIT / BodyBudget.SMALL; i++) {
            assertTrue(budget.open().grow(BodyBudget.SMALL));
        }
        assertFalse(budget.open().grow(1));
        assertEquals(LIMIT, budget.held());
    }

    @Test
    void closedShare_givesBackOnceAndTakesNoMore() {
        BodyBudget.Share other = budget.open();
        other.grow(7);
        BodyBudget.Share share = budget.open();
        share.grow(100);
        share.close();
        share.close();
        assertFalse(share.grow(1));
        assertEquals(7, budget.held());
    }

    @Test
    void sharesOfManyThreads_endAtZeroAndNeverExceed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int t = 0; t < 8; t++) {
            threads.execute(() -> {
                for (int i = 0; i < 10_000; i++) {
                    try (BodyBudget.Share share = budget.open()) {
                        while (share.grow(50_000) && budget.held() <= LIMIT) {
                            continue;
                        }
                        if (budget.held() > LIMIT) {
                            throw new IllegalStateException();
                        }
                    }
                }
            });
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(0, budget.held());
    }

    @ParameterizedTest
    @CsvSource({
        "webhook/body-budget, many, webhook/body-budget: must be a whole number",
        "webhook/body-budget, 1048576, raise webhook/body-budget",
        "webhook/read-within, 10, webhook/zorio/read-within: must be an ISO 8601 duration",
        "webhook/zorio/read-within, PT0S, must be from PT1S to PT10M",
        "webhook/reading, never, webhook/reading: must be non-blocking or blocking"
    })
    void wrongSetting_namesTheCure(String name, String value, String cure) {
        WebhookGate gate =
                WebhookGate.builder().settings(Settings.of(Map.of(name, value))).build();
        String told = assertThrows(IllegalArgumentException.class, () -> {
                    gate.sender("zorio");
                    gate.readsBlocking();
                })
                .getMessage();
        assertTrue(told.contains(cure), told);
    }

    @Test
    void gateWithOtherSettings_sharesTheBudget() {
        WebhookGate gate = WebhookGate.builder().settings(Settings.of(Map.of())).build();
        assertEquals(gate.precededBy(name -> java.util.Optional.empty()).bodyBudget(), gate.bodyBudget());
        assertEquals(64L << 20, gate.bodyBudget().limit());
    }
}
