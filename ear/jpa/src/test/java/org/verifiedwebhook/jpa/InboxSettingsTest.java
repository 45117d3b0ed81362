package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.secret.Settings;

class InboxSettingsTest {

    private static InboxSettings of(Map<String, String> settings) {
        return InboxSettings.of(Settings.of(settings));
    }

    @Test
    void settings_areRead() {
        InboxSettings settings = of(Map.of(
                "webhook/inbox/attempts", "5",
                "webhook/inbox/lease", " PT30S ",
                "webhook/inbox/keep-done", "P1D"));
        assertEquals(5, settings.attempts());
        assertEquals(Duration.ofSeconds(30), settings.lease());
        assertEquals(Duration.ofDays(1), settings.keepDone());
        assertEquals(4, settings.concurrency());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,2", "4,3", "5,3", "16,12", "256,192"})
    void tenantConcurrency_isThreeQuartersAndLeavesOneToOthers(String concurrency, int share) {
        assertEquals(share, of(Map.of("webhook/inbox/concurrency", concurrency)).tenantConcurrency());
    }

    @Test
    void tenantConcurrencyThatLeavesNoneToOthers_isRefused() {
        Map<String, String> three = Map.of("webhook/inbox/concurrency", "3", "webhook/inbox/tenant-concurrency", "3");
        String message =
                assertThrows(IllegalArgumentException.class, () -> of(three)).getMessage();
        assertTrue(message.contains("webhook/inbox/tenant-concurrency: must be a whole number, 1 to 2"), message);
        assertEquals(
                1,
                of(Map.of("webhook/inbox/concurrency", "3", "webhook/inbox/tenant-concurrency", "1"))
                        .tenantConcurrency());
        assertEquals(
                1,
                of(Map.of("webhook/inbox/concurrency", "1", "webhook/inbox/tenant-concurrency", "1"))
                        .tenantConcurrency());
    }

    @ParameterizedTest
    @CsvSource({
        "tenant-concurrency,0",
        "attempts,0",
        "attempts,-1",
        "attempts,many",
        "concurrency,257",
        "lease,PT0.5S",
        "lease,2 minutes",
        "keep-done,-PT1S",
        "keep-dead,PT1H",
        "backoff,P4000D",
        "retries,3"
    })
    void wrongSetting_isRefusedByName(String key, String value) {
        String message = assertThrows(IllegalArgumentException.class, () -> of(Map.of("webhook/inbox/" + key, value)))
                .getMessage();
        assertTrue(message.contains("webhook/inbox/" + key), message);
    }

    @Test
    void wait_doublesUpToItsBoundAndIsSpread() {
        InboxSettings settings = of(Map.of("webhook/inbox/backoff", "PT1S", "webhook/inbox/backoff-max", "PT10S"));
        Random random = new Random(1);
        long[] bounds = {1000, 2000, 4000, 8000, 10_000, 10_000};
        for (int failed = 1; failed <= bounds.length; failed++) {
            long most = 0;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 2000; i++) {
                long wait = settings.wait(failed, random).toMillis();
                most = Math.max(most, wait);
                least = Math.min(least, wait);
            }
            long bound = bounds[failed - 1];
            assertTrue(most <= bound && most > bound * 0.95, failed + ": " + most);
            assertTrue(least < bound * 0.05, failed + ": " + least);
        }
        assertTrue(settings.wait(1000, random).toMillis() <= 10_000);
    }
}
