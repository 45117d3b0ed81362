package org.verifiedwebhook.it;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Closes what a class of tests has started, the last first, also if it did not come as far as its first test. */
final class Closing implements AfterAllCallback {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** Closes it after all tests. */
    <T extends AutoCloseable> T later(T closeable) {
        started.push(closeable);
        return closeable;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Exception failed = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
