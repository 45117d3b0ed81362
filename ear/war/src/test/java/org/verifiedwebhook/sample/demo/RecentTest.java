package org.verifiedwebhook.sample.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecentTest {

    @AfterEach
    void switchOff() {
        System.clearProperty("webhook.demo");
    }

    @Test
    void newest_isFirstAndOldestGoes() {
        Recent<Integer> recent = new Recent<>(2);
        recent.add(1);
        recent.add(2);
        recent.add(3);
        assertEquals(List.of(3, 2), recent.list());
    }

    @Test
    void withoutTheSwitch_nothingIsRecorded() {
        RecentDeliveries deliveries = new RecentDeliveries();
        deliveries.observe(Outcomes.of("x"));
        assertEquals(List.of(), deliveries.list());
    }

    @Test
    void withTheSwitch_theNewest50AreKept() {
        System.setProperty("webhook.demo", "true");
        RecentDeliveries deliveries = new RecentDeliveries();
        for (int i = 0; i < 60; i++) {
            deliveries.observe(Outcomes.of("x" + i));
        }
        assertEquals(50, deliveries.list().size());
        assertEquals("x59", deliveries.list().get(0).sender());
    }
}
