import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends signed Zorio deliveries at a fixed rate to a receiver on this machine and counts the answers: Zorio's own
 * check before going live is 200 a second.
 *
 * <p>{@code java it-tests/src/load/ZorioLoad.java http://127.0.0.1:8080/hooks/zorio SECRET [RATE [SECONDS]]}. Exits with 1
 * if any answer was not 200, or the rate was not kept.
 */
public final class ZorioLoad {

    private static final int MAX_IN_FLIGHT = 64;

    private ZorioLoad() {}

    public static void main(String[] args) throws Exception {
        URI uri = URI.create(args[0]);
        if (!"127.0.0.1".equals(uri.getHost())) {
            throw new IllegalArgumentException("only a receiver on 127.0.0.1 may be loaded");
        }
        int rate = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        int seconds = Math.min(args.length > 3 ? Integer.parseInt(args[3]) : 60, 600);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
        Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
        ExecutorService senders = Executors.newFixedThreadPool(MAX_IN_FLIGHT);
        long start = System.nanoTime();
        int total = rate * seconds;
        for (int i = 0; i < total; i++) {
            long due = start + i * 1_000_000_000L / rate;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            inFlight.acquire();
            senders.execute(() -> {
                long sent = System.nanoTime();
                try {
                    statuses.add(client.send(delivery(uri, args[1]), HttpResponse.BodyHandlers.ofString())
                            .statusCode());
                } catch (Exception e) {
                    statuses.add(0);
                } finally {
                    micros.add((System.nanoTime() - sent) / 1000);
                    inFlight.release();
                }
            });
        }
        senders.shutdown();
        senders.awaitTermination(1, TimeUnit.MINUTES);
        double took = (System.nanoTime() - start) / 1e9;
        report(statuses, micros, total, took, rate);
    }

    private static HttpRequest delivery(URI uri, String secret) throws Exception {
        String body = "{\"event\":\"pbx.call.hangup\",\"data\":{\"call_uuid\":\"" + UUID.randomUUID()
                + "\",\"hangup_cause\":\"NORMAL_CLEARING\"}}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .header("X-Zorio-Signature", "sha256=" + signature)
                .header("X-Zorio-Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .header("X-Zorio-Delivery", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static void report(
            ConcurrentLinkedQueue<Integer> statuses,
            ConcurrentLinkedQueue<Long> micros,
            int total,
            double took,
            int rate) {
        Map<Integer, Integer> counts = new TreeMap<>();
        statuses.forEach(s -> counts.merge(s, 1, Integer::sum));
        long[] sorted = micros.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        System.out.printf(
                "%d of %d answered in %.1f s (%.0f/s); by status %s (0: no answer); p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                sorted.length,
                total,
                took,
                sorted.length / took,
                counts,
                sorted[sorted.length / 2] / 1000.0,
                sorted[(int) (sorted.length * 0.99)] / 1000.0,
                sorted[sorted.length - 1] / 1000.0);
        boolean kept = sorted.length / took >= rate * 0.99;
        System.exit(counts.equals(Map.of(200, total)) && kept ? 0 : 1);
    }
}
