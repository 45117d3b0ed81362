package org.verifiedwebhook.it;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Senders with the patience that their documents tell: after the last attempt they give up for good. They come again
 * after 5xx, and if nobody answers in time. Each attempt goes to another node than the one before, as by a balancer.
 */
final class PatientSenders implements AutoCloseable {

    /** How long each waits from one attempt's end to the next; Chaindoc's minutes are seconds here. */
    private static final Map<String, List<Duration>> WAITS = Map.of(
            "edgvoip", List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8)),
            "chaindoc", List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)));

    private static final int EVENTS_A_SECOND = 20;

    private final Events events;
    private final List<Supplier<URI>> nodes;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final Map<Integer, Integer> attempts = new TreeMap<>();
    private int gaveUp;

    PatientSenders(Events events, List<Supplier<URI>> nodes) {
        this.events = events;
        this.nodes = nodes;
    }

    /** New events for a while, evenly; done when each was acknowledged or given up. */
    CompletableFuture<Void> send(String sender, Duration duration) {
        long number = duration.toSeconds() * EVENTS_A_SECOND;
        CompletableFuture<?>[] ends = new CompletableFuture<?>[(int) number];
        for (int i = 0; i < number; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends[i] = end;
            Events.Event event = new Events.Event(sender, UUID.randomUUID().toString());
            int first = i;
            timer.schedule(() -> attempt(event, first, 1, end), i * 1000L / EVENTS_A_SECOND, TimeUnit.MILLISECONDS);
        }
        return CompletableFuture.allOf(ends);
    }

    private void attempt(Events.Event event, int first, int attempt, CompletableFuture<Void> end) {
        URI node = nodes.get((first + attempt) % nodes.size()).get();
        events.sending(event, node).whenComplete((status, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            } else if (isOver(event, attempt, status)) {
                end.complete(null);
            } else {
                Duration wait = WAITS.get(event.sender()).get(attempt - 1);
                timer.schedule(() -> attempt(event, first, attempt + 1, end), wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private synchronized boolean isOver(Events.Event event, int attempt, int status) {
        answers.merge(status, 1, Integer::sum);
        if (status / 100 == 2) {
            attempts.merge(attempt, 1, Integer::sum);
            return true;
        }
        boolean again = (status == 0 || status >= 500)
                && attempt <= WAITS.get(event.sender()).size();
        gaveUp += again ? 0 : 1;
        return !again;
    }

    /** How many events needed how many attempts. */
    synchronized Map<Integer, Integer> attempts() {
        return new TreeMap<>(attempts);
    }

    synchronized int gaveUp() {
        return gaveUp;
    }

    @Override
    public synchronized String toString() {
        return "acknowledged at attempt " + attempts + ", given up " + gaveUp + ", answers " + answers
                + " (0: nobody answered)";
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
