package org.verifiedwebhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notices addresses whose requests are rejected again and again. */
final class FailureAlarm {

    static final int THRESHOLD = 10;
    static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MAX_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    FailureAlarm(Clock clock) {
        this.clock = clock;
    }

    private static final class Window {
        private final Instant start;
        private int failures;

        private Window(Instant start) {
            this.start = start;
        }
    }

    /** Counts a rejection; true exactly once in a window, when the address has had {@value #THRESHOLD}. */
    synchronized boolean rejected(String address) {
        Instant now = clock.instant();
        Window window = windows.get(address);
        // A clock that was set back must not stretch a window, and with it the silence after its alarm.
        if (window == null || now.isBefore(window.start) || now.isAfter(window.start.plus(WINDOW))) {
            window = new Window(now);
            windows.put(address, window);
        }
        window.failures++;
        return window.failures == THRESHOLD;
    }
}
