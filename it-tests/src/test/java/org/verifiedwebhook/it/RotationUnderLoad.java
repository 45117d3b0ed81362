package org.verifiedwebhook.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rotates Zorio's secret in the database again and again, by one node and the other in turn, while good requests come to
 * both at half the rate that they can take.
 */
final class RotationUnderLoad {

    private static final int SENDERS = 12;
    private static final Duration WARMING = Duration.ofSeconds(5);
    private static final Duration MEASURING = Duration.ofSeconds(2);
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    /** How long nodes remember a secret, and a little more. */
    private static final Duration SEEN = Duration.ofMillis(4_300);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<SampleNode> nodes;
    private final int rotations;
    private final int requests;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger good = new AtomicInteger();
    private final Map<Integer, Integer> refused = new TreeMap<>();
    private volatile String secret = Rotation.newSecret();

    /**
     * What happened.
     *
     * @param most what both nodes could take together, requests a second
     * @param good requests signed with a secret that counts, at half that rate
     * @param refused of them, by answer
     * @param ends how long an old secret still counted after its end, in milliseconds, on each node
     * @param removals the same of a secret that was removed in an emergency
     */
    record Figures(long most, int good, Map<Integer, Integer> refused, List<Long> ends, List<Long> removals) {}

    RotationUnderLoad(List<SampleNode> nodes, int rotations, int requests) {
        this.nodes = nodes;
        this.rotations = rotations;
        this.requests = requests;
    }

    Figures run() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            rotate(0, secret, Duration.ZERO);
            for (SampleNode node : nodes) {
                untilAnswered(node, secret, 200, System.nanoTime());
            }
            load(threads, Long.MAX_VALUE, WARMING, Integer.MAX_VALUE);
            int warm = good.get();
            load(threads, Long.MAX_VALUE, MEASURING, Integer.MAX_VALUE);
            long most = (good.get() - warm) / MEASURING.toSeconds();
            good.set(0);
            refused.clear();

            long seconds = Math.max(rotations * OVERLAP.toSeconds() + 2, requests / Math.max(1, most / 2));
            Future<?> load = threads.submit(() -> {
                load(threads, most / 2, Duration.ofSeconds(seconds), requests);
                return null;
            });
            List<Future<Long>> ends = new ArrayList<>();
            long pause = Math.max(0, seconds * 1000 / rotations - OVERLAP.toMillis());
            for (int i = 0; i < rotations; i++) {
                Thread.sleep(ThreadLocalRandom.current().nextLong(pause + 1));
                String old = secret;
                String next = Rotation.newSecret();
                long end = rotate(i, next, OVERLAP) + OVERLAP.toNanos();
                Thread.sleep(SEEN.toMillis());
                secret = next;
                Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
                for (SampleNode node : nodes) {
                    ends.add(threads.submit(() -> untilAnswered(node, old, 401, end)));
                }
            }
            load.get();
            return new Figures(most, good.get(), Map.copyOf(refused), all(ends), all(removal(threads)));
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Long> all(List<Future<Long>> futures) throws Exception {
        List<Long> values = new ArrayList<>();
        for (Future<Long> future : futures) {
            values.add(future.get());
        }
        return values;
    }

    /** Both nodes have the secret at hand, and it is removed by one of them. */
    private List<Future<Long>> removal(ExecutorService threads) throws Exception {
        String removed = secret;
        for (SampleNode node : nodes) {
            untilAnswered(node, removed, 200, System.nanoTime());
        }
        long end = rotate(0, Rotation.newSecret(), Duration.ZERO);
        return nodes.stream()
                .map(node -> threads.submit(() -> untilAnswered(node, removed, 401, end)))
                .toList();
    }

    /** Good requests for a while, at least so many, no more than so many a second. */
    private void load(ExecutorService threads, long aSecond, Duration duration, int atLeast) throws Exception {
        long start = System.nanoTime();
        AtomicLong turn = new AtomicLong();
        boolean open = atLeast == Integer.MAX_VALUE;
        List<Future<?>> senders = new ArrayList<>();
        for (int s = 0; s < SENDERS; s++) {
            senders.add(threads.submit(() -> {
                while (System.nanoTime() - start < duration.toNanos() || !open && turn.get() < atLeast) {
                    long number = turn.getAndIncrement();
                    long wait = number * 1_000_000L / aSecond - (System.nanoTime() - start) / 1_000;
                    if (wait > 0) {
                        Thread.sleep(wait / 1_000, (int) (wait % 1_000) * 1_000);
                    }
                    int status = status(nodes.get((int) (number % nodes.size())), secret);
                    good.incrementAndGet();
                    if (status != 200) {
                        synchronized (refused) {
                            refused.merge(status, 1, Integer::sum);
                        }
                    }
                }
                return null;
            }));
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    /** Rotates by a node; when it had answered. */
    private long rotate(int node, String next, Duration overlap) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        nodes.get(node % nodes.size()).uri("rotate?overlap=" + overlap))
                .POST(BodyPublishers.ofString(next))
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("the rotation was answered " + status);
        }
        return System.nanoTime();
    }

    /** How long after {@code since} requests signed with that secret are answered so, in milliseconds. */
    private long untilAnswered(SampleNode node, String key, int wanted, long since)
            throws IOException, InterruptedException {
        while (status(node, key) != wanted) {
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new IllegalStateException("never answered " + wanted);
            }
            Thread.sleep(40);
        }
        return (System.nanoTime() - since) / 1_000_000;
    }

    private int status(SampleNode node, String key) throws IOException, InterruptedException {
        URI hook = node.uri("hooks/zorio");
        HttpRequest request = ZorioRequest.signed(hook, "{\"event\":\"" + UUID.randomUUID() + "\"}", key)
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (HttpTimeoutException e) {
            throw new IOException("no answer for " + PATIENCE + "; at work there: " + node.applicationThreads(), e);
        }
    }
}
