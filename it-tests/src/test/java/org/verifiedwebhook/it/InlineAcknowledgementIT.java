package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.it.inline.EffectBean;
import org.verifiedwebhook.it.inline.Effects;
import org.verifiedwebhook.it.inline.InlineDoorway;
import org.verifiedwebhook.it.inline.InlineHooks;
import org.verifiedwebhook.it.inline.OuterEffects;

/** The handler's work and the completion of its delivery commit together, before the answer leaves, or not at all. */
class InlineAcknowledgementIT {

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static ServerExtension server;

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("InlineAcknowledgementIT-database"));
        database.execute("create table effect (name varchar(100) not null)");
        server = new ServerExtension(InlineAcknowledgementIT.class)
                .deploy(
                        "/",
                        Deployments.sampleWar()
                                .addClasses(
                                        Effects.class,
                                        OuterEffects.class,
                                        EffectBean.class,
                                        InlineHooks.class,
                                        InlineDoorway.class,
                                        InlineDoorway.Servlet.class))
                .systemProperty("webhook.demo", "true")
                .systemProperty("webhook.jpa.key", Base64.getEncoder().encodeToString(new byte[32]))
                .systemProperties(database.settings());
        CLOSING.later(() -> server.afterAll(null));
        server.beforeAll(null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"inline/plain", "inline/empty", "inline/transactional", "inline/bean", "inline-servlet/plain"})
    void effect_isCommittedBeforeTheAnswerAndCopiesAddNone(String path) throws Exception {
        String name = name();

        RawHttp.Answer first = send(path, name);
        assertEquals(2, first.status() / 100, first.body());
        assertEquals(1, effects(name));
        assertEquals("DONE", state());

        RawHttp.Answer copy = send(path, name);
        assertEquals(first.status(), copy.status());
        assertEquals(first.body(), copy.body());
        assertEquals(first.header("Content-Type"), copy.header("Content-Type"));
        assertEquals(1, effects(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline/throws-first", "inline/refuses-first", "inline-servlet/throws-first"})
    void handlerThatFailsAfterWriting_leavesNothingAndTheRetryRunsOnce(String path) throws Exception {
        String name = name();

        assertEquals(500, send(path, name).status());
        assertEquals(0, effects(name));

        assertEquals(200, send(path, name).status());
        assertEquals(1, effects(name));
        assertEquals(200, send(path, name).status());
        assertEquals(1, effects(name));
    }

    @Test
    void transactionThatCanOnlyBeRolledBack_isNeverAcknowledged() throws Exception {
        String name = name();
        for (int attempt = 0; attempt < 3; attempt++) {
            RawHttp.Answer answer = send("inline/rollback-only", name);
            assertEquals(503, answer.status(), answer.body());
            assertTrue(answer.headers().containsKey("retry-after"), answer.headers()::toString);
        }
        assertEquals(0, effects(name));
    }

    @Test
    void servletThatGoesAsynchronous_isRefusedAndUndone() throws Exception {
        String name = name();
        assertEquals(500, send("inline-servlet/asynchronous", name).status());
        assertEquals(0, effects(name));
        assertTrue(server.log().contains("answer synchronously"), "the cure is in the log");
    }

    /** Payara's interceptor of {@code @Transactional} mixes up what concurrent callers of one bean may do afterwards. */
    @Test
    void deliveriesAtOnce_areAllCommittedThoughTheyShareATransactionalBean() throws Exception {
        int threads = 8;
        int each = 60;
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<String>>> sent = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                sent.add(senders.submit(() -> {
                    List<String> refused = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        String name = name();
                        RawHttp.Answer answer = send(i % 2 == 0 ? "inline/transactional" : "inline/nested", name);
                        if (answer.status() != 200 || effects(name) != 1) {
                            refused.add(answer.status() + " " + answer.body() + ", effects " + effects(name));
                        }
                    }
                    return refused;
                }));
            }
            List<String> refused = new ArrayList<>();
            for (Future<List<String>> future : sent) {
                refused.addAll(future.get());
            }
            assertEquals(List.of(), refused);
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void noThread_keepsATransaction() throws Exception {
        for (int i = 0; i < 60; i++) {
            send(i % 2 == 0 ? "inline/throws-first" : "inline-servlet/throws-first", name());
            send("inline/rollback-only", name());
            assertEquals(
                    "6",
                    RawHttp.request(server.uri(""), "GET", "/inline/status")
                            .send()
                            .body());
        }
    }

    private static String name() {
        return UUID.randomUUID().toString();
    }

    private static RawHttp.Answer send(String path, String name) throws IOException {
        String body = DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, name);
        return RawHttp.post(server.uri(path + "?name=" + name))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Signature", "sha256=" + Signed.sha256(DemoSample.EDGVOIP_SECRET, body))
                .body(body)
                .send();
    }

    private static int effects(String name) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement ask = connection.prepareStatement("select count(*) from effect where name = ?")) {
            ask.setString(1, name);
            try (ResultSet result = ask.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    /** Of the delivery claimed last. */
    private static String state() throws SQLException {
        try (Connection connection = database.connect();
                ResultSet result = connection
                        .createStatement()
                        .executeQuery("select state from webhook_delivery order by created_at_ms desc limit 1")) {
            result.next();
            return result.getString(1);
        }
    }
}
