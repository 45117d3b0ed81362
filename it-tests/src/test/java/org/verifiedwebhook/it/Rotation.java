package org.verifiedwebhook.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Rotates one sender's secret again and again, as the documentation says, while the sender goes on sending. */
final class Rotation implements Callable<Rotation.Figures> {

    /** How long servers remember a secret, and a little more. */
    private static final Duration SEEN = Duration.ofMillis(4300);

    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How an operator brings secrets to a running server. */
    interface Operator {
        /** Lets the new secret count beside the present one. */
        void announce(String present, String next) throws Exception;

        /** Lets the new one alone count, at once. */
        void end(String next) throws Exception;
    }

    /**
     * What happened.
     *
     * @param good requests signed with a secret that counts
     * @param refused of them, each with its answer
     * @param ends how long an old secret still counted after its end, in milliseconds
     */
    record Figures(String form, int good, List<String> refused, List<Long> ends) {}

    private final String form;
    private final URI uri;
    private final int times;
    private final Operator operator;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile String secret;

    Rotation(String form, URI uri, String first, int times, Operator operator) {
        this.form = form;
        this.uri = uri;
        this.secret = first;
        this.times = times;
        this.operator = operator;
    }

    static String newSecret() {
        return "rotated=" + UUID.randomUUID() + ":==";
    }

    @Override
    public Figures call() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicInteger good = new AtomicInteger();
        List<String> refused = java.util.Collections.synchronizedList(new ArrayList<>());
        try {
            Future<?> stream = threads.submit(() -> {
                while (!Thread.interrupted()) {
                    int status = status(secret);
                    good.incrementAndGet();
                    if (status != 200) {
                        refused.add(Integer.toString(status));
                    }
                    Thread.sleep(PAUSE.toMillis());
                }
                return null;
            });
            List<Future<Long>> ends = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                String old = secret;
                String next = newSecret();
                operator.announce(old, next);
                Thread.sleep(SEEN.toMillis());
                secret = next;
                operator.end(next);
                long end = System.nanoTime();
                ends.add(threads.submit(() -> untilRefused(old, end)));
            }
            List<Long> measured = new ArrayList<>();
            for (Future<Long> end : ends) {
                measured.add(end.get());
            }
            if (stream.isDone()) {
                stream.get(); // throws
            }
            return new Figures(form, good.get(), List.copyOf(refused), measured);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How long after {@code end} requests signed with that secret are accepted, in milliseconds. */
    long untilRefused(String old, long end) throws IOException, InterruptedException {
        while (status(old) != 401) {
            if (System.nanoTime() - end > PATIENCE.toNanos()) {
                throw new IllegalStateException("an old secret counts on and on");
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return (System.nanoTime() - end) / 1_000_000;
    }

    String form() {
        return form;
    }

    String present() {
        return secret;
    }

    /** One request, signed with the present secret. */
    int send() throws IOException, InterruptedException {
        return status(secret);
    }

    private int status(String key) throws IOException, InterruptedException {
        HttpRequest request = ZorioRequest.signed(uri, "{\"event\":\"" + UUID.randomUUID() + "\"}", key)
                .timeout(PATIENCE)
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
