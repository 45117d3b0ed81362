package org.verifiedwebhook.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Events as senders send them: Zorio's and EDGVoIP's go to the sample's inbox, Chaindoc's two are handled while it waits. */
final class Events {

    /** Where the sample puts what it has handled. */
    static final String EFFECTS = "webhook_received_event";

    private static final String ZORIO_SECRET = "ZorioDemoSecret0123456789abcdefA";
    private static final String CHAINDOC_SECRET = "whsec_demo_chaindoc_2f9f0c1b7a6d4e53";
    private static final String CHAINDOC_V2_SECRET = "whsec_demo_chaindoc_v2_8c1d3e5f7a9b0246";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Set<String> attempted = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    /** One event, which is the same whenever it is sent again. */
    record Event(String sender, String marker) {
        String path() {
            return "hooks/" + sender;
        }

        String body() {
            return switch (sender) {
                case "zorio" ->
                    "{\"event\":\"pbx.call.hangup\",\"data\":{\"call_uuid\":\"" + marker
                            + "\",\"hangup_cause\":\"NORMAL_CLEARING\"}}";
                case "edgvoip" -> DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, marker);
                case "chaindoc-v2" ->
                    "{\"id\":\"" + marker + "\",\"type\":\"contract.created\",\"data\":{\"status\":\"draft\"}}";
                // Chaindoc has no delivery ids; an event type that nobody knows is recorded as it is.
                default -> "{\"event\":\"" + marker + "\"}";
            };
        }

        HttpRequest.Builder request(URI root) {
            HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path()))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body()));
            return switch (sender) {
                case "zorio" ->
                    request.header("X-Zorio-Signature", "sha256=" + Signed.sha256(ZORIO_SECRET, body()))
                            .header("X-Zorio-Timestamp", Signed.seconds(Instant.now()))
                            .header("X-Zorio-Delivery", marker);
                case "edgvoip" ->
                    request.header("X-Webhook-Signature", "sha256=" + Signed.sha256(DemoSample.EDGVOIP_SECRET, body()))
                            .header("X-Request-ID", marker);
                case "chaindoc-v2" -> signedWithTime(request, Instant.now().toString());
                default -> request.header("X-Webhook-Signature", Signed.sha256(CHAINDOC_SECRET, body()));
            };
        }

        private HttpRequest.Builder signedWithTime(HttpRequest.Builder request, String time) {
            return request.header("X-Chaindoc-Timestamp", time)
                    .header("X-Chaindoc-Signature", "v1=" + Signed.sha256(CHAINDOC_V2_SECRET, time + "." + body()));
        }
    }

    /** Sends an event once; 0 if nobody answered. */
    int send(Event event, URI root) throws InterruptedException {
        return send(event, event.request(root).build());
    }

    /** Sends an event once, as {@code request}. */
    int send(Event event, HttpRequest request) throws InterruptedException {
        attempted.add(event.marker());
        try {
            HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
            if (answer.statusCode() / 100 == 2) {
                acknowledged.add(event.marker());
            }
            return answer.statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Sends an event once and does not wait; 0 if nobody answers. */
    CompletableFuture<Integer> sending(Event event, URI root) {
        attempted.add(event.marker());
        return http.sendAsync(event.request(root).build(), BodyHandlers.discarding())
                .handle((answer, failure) -> {
                    if (failure != null) {
                        return 0;
                    }
                    if (answer.statusCode() / 100 == 2) {
                        acknowledged.add(event.marker());
                    }
                    return answer.statusCode();
                });
    }

    /** Sends an event again and again, as senders do, until it is acknowledged; false if that took too long. */
    boolean sendUntilAcknowledged(Event event, Supplier<URI> root, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (send(event, root.get()) / 100 == 2) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    /** Waits until every acknowledged event has had its effect, or {@code limit} is over, and counts. */
    DeliveryCounts count(PostgreSqlProcess database, Duration limit) throws SQLException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            DeliveryCounts counts = DeliveryCounts.of(attempted, acknowledged, effects(database));
            if (counts.lost() == 0 || System.nanoTime() > end) {
                return counts;
            }
            Thread.sleep(200);
        }
    }

    private static Map<String, Integer> effects(PostgreSqlProcess database) throws SQLException {
        Map<String, Integer> effects = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select coalesce(delivery_id, event_type) from " + EFFECTS)) {
            while (rows.next()) {
                effects.merge(rows.getString(1), 1, Integer::sum);
            }
        }
        return effects;
    }
}
