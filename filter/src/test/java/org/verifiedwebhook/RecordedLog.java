package org.verifiedwebhook;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.verifiedwebhook.embedded.CapturedLog;

/** All that this software logs during a test, of every level. */
final class RecordedLog implements BeforeEachCallback, AfterEachCallback {

    private static final Logger LOGGER = Logger.getLogger("org.verifiedwebhook");

    private CapturedLog log;

    @Override
    public void beforeEach(ExtensionContext context) {
        log = CapturedLog.of(LOGGER.getName());
        LOGGER.setLevel(Level.ALL);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        log.close();
        LOGGER.setLevel(null);
    }

    List<LogRecord> records() {
        return log.records();
    }

    List<String> lines() {
        return records().stream().map(LogRecord::getMessage).toList();
    }
}
