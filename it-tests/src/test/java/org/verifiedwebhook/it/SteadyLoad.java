package org.verifiedwebhook.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Good deliveries of three senders at one rate; of a hundred requests one has a wrong signature, and one a slow body. */
final class SteadyLoad implements AutoCloseable {

    private static final List<String> SENDERS = List.of("zorio", "edgvoip", "chaindoc");
    private static final int CONNECTIONS = 8;
    private static final int OF_HOSTILE = 100;
    private static final int OF_SLOW = 100;
    private static final Duration SLOW_ROUND = Duration.ofSeconds(10);

    private final Events events;
    private final URI root;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * What a while of it gave.
     *
     * @param good answers to good requests, by status; 0 for none
     * @param hostile the same of those with a wrong signature
     * @param slow slow bodies, and of them how many were answered 408
     * @param p99 of the good ones, in microseconds
     */
    record Figures(Map<Integer, Integer> good, Map<Integer, Integer> hostile, List<Long> slow, long p99) {}

    SteadyLoad(Events events, URI root) {
        this.events = events;
        this.root = root;
    }

    /** How many good requests a second are answered if they come as fast as they are. */
    long most(Duration duration) throws Exception {
        Figures figures = send(duration, Long.MAX_VALUE);
        return figures.good().values().stream().mapToInt(n -> n).sum() / duration.toSeconds();
    }

    /** Good and hostile requests for a while, no more than so many a second, and slow bodies beside them. */
    Figures run(Duration duration, long aSecond) throws Exception {
        Future<List<Long>> slow = threads.submit(() -> slow(duration, aSecond));
        Figures figures = send(duration, aSecond);
        return new Figures(figures.good(), figures.hostile(), slow.get(), figures.p99());
    }

    private Figures send(Duration duration, long aSecond) throws Exception {
        Map<Integer, Integer> good = new TreeMap<>();
        Map<Integer, Integer> hostile = new TreeMap<>();
        List<Long> micros = Collections.synchronizedList(new ArrayList<>());
        long start = System.nanoTime();
        AtomicLong turn = new AtomicLong();
        List<Future<?>> connections = new ArrayList<>();
        for (int c = 0; c < CONNECTIONS; c++) {
            connections.add(threads.submit(() -> {
                while (System.nanoTime() - start < duration.toNanos()) {
                    long number = turn.getAndIncrement();
                    long early = number * 1_000_000L / aSecond - (System.nanoTime() - start) / 1_000;
                    if (early > 0) {
                        Thread.sleep(early / 1_000, (int) (early % 1_000) * 1_000);
                    }
                    if (number % OF_HOSTILE == OF_HOSTILE - 1) {
                        count(hostile, hostile());
                        continue;
                    }
                    Events.Event event = new Events.Event(
                            SENDERS.get((int) (number % SENDERS.size())),
                            UUID.randomUUID().toString());
                    count(good, events.send(event, root));
                    // From when it should have been sent: what waits behind a slow answer is slow, too.
                    long due = start + (long) (number * 1e9 / aSecond);
                    micros.add((System.nanoTime() - due) / 1_000);
                }
                return null;
            }));
        }
        for (Future<?> connection : connections) {
            connection.get();
        }
        Collections.sort(micros);
        return new Figures(good, hostile, List.of(), micros.get((int) Math.ceil(micros.size() * 0.99) - 1));
    }

    private static void count(Map<Integer, Integer> answers, int status) {
        synchronized (answers) {
            answers.merge(status, 1, Integer::sum);
        }
    }

    private int hostile() throws IOException, InterruptedException {
        String body = "{\"event\":\"" + UUID.randomUUID() + "\"}";
        return http.send(
                        ZorioRequest.signed(root.resolve("hooks/zorio"), body, "a secret of nobody")
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private List<Long> slow(Duration duration, long aSecond) throws IOException, InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        int atOnce = (int) Math.max(1, aSecond * SLOW_ROUND.toSeconds() / OF_SLOW);
        long sent = 0;
        long inTime = 0;
        while (end - System.nanoTime() > SLOW_ROUND.toNanos()) {
            long next = System.nanoTime() + SLOW_ROUND.toNanos();
            try (SlowSenders senders = new SlowSenders()) {
                for (int i = 0; i < atOnce; i++) {
                    senders.open(root.resolve("hooks/zorio"), 1000, new byte[i % 3], i % 2 == 0);
                }
                while (System.nanoTime() < next) {
                    senders.turn();
                    Thread.sleep(50);
                }
                sent += atOnce;
                inTime += senders.count(408);
            }
        }
        return List.of(sent, inTime);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
