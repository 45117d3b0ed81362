package org.verifiedwebhook.jpa;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.verifiedwebhook.WebhookInbox;
import org.verifiedwebhook.inbox.Inbox;
import org.verifiedwebhook.inbox.InboxItem;
import org.verifiedwebhook.inbox.InboxOutcome;
import org.verifiedwebhook.inbox.InboxState;
import org.verifiedwebhook.secret.Settings;

/** The inbox in the database of the persistence unit {@code webhook}, on the server's threads. */
@ApplicationScoped
class JpaInbox implements WebhookInbox, Inbox {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook.inbox");
    /** Deliveries that may wait for a commit. */
    private static final int BOUND = 1000;
    /** Senders wait five seconds for an answer. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private static final Duration TAKE_OVER = Duration.ofSeconds(10);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final int TICKS_TO_PURGE = 60;

    @Inject
    InboxExtension extension;

    @Inject
    JtaTransactions transactions;

    @Inject
    Event<InboxOutcome> outcomes;

    @Inject
    Instance<Jsonb> jsonb;

    @Inject
    Instance<RequestContextController> requests;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedScheduledExecutorService timer;

    private int ticks;
    /** Whether more is to be deleted than one tick has done. */
    private boolean purging;

    private InboxRows rows;
    private InboxWorker worker;
    private GroupCommit<Entry, Result> commits;
    private ScheduledFuture<?> ticking;

    /**
     * Begins to handle what is in the inbox.
     *
     * @throws IllegalArgumentException if a setting is wrong
     */
    synchronized void start() {
        InboxSettings settings = InboxSettings.of(Settings.standard());
        rows = new InboxRows(transactions, StoreClock.DATABASE);
        worker = new InboxWorker(
                rows,
                transactions,
                extension.handlers(),
                new EventBinder(jsonb.isResolvable() ? jsonb.get() : JsonbBuilder.create()),
                settings,
                executor,
                this::inRequest,
                item -> outcomes.fire(new InboxOutcome(item)));
        commits = new GroupCommit<>(
                new InboxWriter(transactions, StoreClock.DATABASE)::write, BOUND, PATIENCE, TAKE_OVER);
        if (!extension.handlers().all().isEmpty()) {
            ticking = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        } else {
            warnOfWhatWaits();
        }
    }

    /** Its senders were told that all is well. */
    private void warnOfWhatWaits() {
        try {
            long waiting = rows.waiting();
            if (waiting > 0) {
                LOG.log(
                        Level.WARNING,
                        waiting
                                + " acknowledged deliveries wait in the inbox, and nobody handles them: this application"
                                + " has no @OnWebhook method");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "whether deliveries wait in the inbox could not be found out", e);
        }
    }

    /** Handlers may use what is {@code @RequestScoped}. */
    private void inRequest(Runnable task) {
        RequestContextController request = requests.get();
        boolean begun = request.activate();
        try {
            task.run();
        } finally {
            if (begun) {
                request.deactivate();
            }
            requests.destroy(request);
        }
    }

    private void tick() {
        try {
            worker.wake();
            ticks++;
            if (purging || ticks % TICKS_TO_PURGE == 0) {
                // Should it fail, a minute is soon enough.
                purging = false;
                purging = worker.purge();
            }
        } catch (Throwable e) {
            // Everything: what leaves here ends the schedule.
            LOG.log(Level.WARNING, "the inbox could not be purged; tried again in a minute", e);
        }
    }

    /** Ends cleanly: what runs may come to its end, what is left is handled after the next start. */
    synchronized void stop() throws InterruptedException {
        if (ticking != null) {
            ticking.cancel(false);
        }
        if (worker != null) {
            worker.stop(STOP_PATIENCE);
        }
    }

    @Override
    public Result put(Entry entry) {
        Result result = commits.write(entry);
        if (result instanceof Result.Stored) {
            worker.wake(Lane.of(entry.delivery()));
        }
        return result;
    }

    @Override
    public void checkHandled(String sender) {
        extension.handlers().check(sender);
    }

    @Override
    public Map<InboxState, Long> counts() {
        return rows.counts();
    }

    @Override
    public List<InboxItem> list(InboxState state, int most) {
        return rows.list(state, most);
    }

    @Override
    public boolean redrive(long number) {
        boolean redriven = rows.redrive(number);
        worker.wake();
        return redriven;
    }

    @Override
    public int redriveAll(String sender) {
        int redriven = rows.redriveAll(sender);
        worker.wake();
        return redriven;
    }
}
