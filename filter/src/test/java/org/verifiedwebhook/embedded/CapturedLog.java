package org.verifiedwebhook.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged to a logger while this is open; it goes nowhere else. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final boolean toParents;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private CapturedLog(Logger logger) {
        this.logger = logger;
        this.toParents = logger.getUseParentHandlers();
    }

    public static CapturedLog of(String name) {
        CapturedLog log = new CapturedLog(Logger.getLogger(name));
        log.logger.addHandler(log);
        log.logger.setUseParentHandlers(false);
        return log;
    }

    /** Them all, as they came; not a copy. */
    public List<LogRecord> records() {
        return records;
    }

    public String text() {
        SimpleFormatter formatter = new SimpleFormatter();
        StringBuilder text = new StringBuilder();
        records.forEach(r -> text.append(formatter.format(r)));
        return text.toString();
    }

    /** The number of lines that have all these parts. */
    public long count(String... parts) {
        return records.stream()
                .filter(r -> Arrays.stream(parts).allMatch(r.getMessage()::contains))
                .count();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(toParents);
    }
}
