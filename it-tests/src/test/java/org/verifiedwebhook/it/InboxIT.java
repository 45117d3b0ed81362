package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.it.inbox.FailingBean;
import org.verifiedwebhook.it.inbox.FaultyHandlers;
import org.verifiedwebhook.it.inbox.HandlersWithoutBean;
import org.verifiedwebhook.it.inbox.ProbeHandlers;
import org.verifiedwebhook.it.inbox.ProbeResource;
import org.verifiedwebhook.it.inbox.ProbeSetup;
import org.verifiedwebhook.jpa.OwnTransactionProbe;

/** The sample with one more endpoint, on a real server and PostgreSQL: what is acknowledged is handled, whatever fails. */
class InboxIT {

    private static final String SENDER = """
            {
              "alg": "hmac-sha256",
              "signature": [{ "from": "header:X-Probe" }],
              "encoding": "hex",
              "content": "{body}",
              "event": { "from": "json:/type" }
            }
            """;

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static ServerExtension server;

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("InboxIT-database"));
        database.execute("create table probe_effect (name varchar(100) not null)");
        database.execute("create table probe_mode (mode varchar(10) not null)");
        database.execute("insert into probe_mode values ('ok')");
        CLOSING.later(() -> server.afterAll(null));
        startServer();
    }

    private static void startServer() throws Exception {
        server = new ServerExtension(InboxIT.class)
                .deploy(
                        "/",
                        Deployments.sampleWar()
                                .addClasses(
                                        ProbeSetup.class,
                                        ProbeHandlers.class,
                                        FailingBean.class,
                                        ProbeResource.class,
                                        OwnTransactionProbe.class)
                                .addAsResource(new StringAsset(SENDER), "META-INF/webhook-senders/probe.json"))
                .deployFailing("/faulty", sampleWith(FaultyHandlers.class))
                .deployFailing("/nobean", sampleWith(HandlersWithoutBean.class))
                .systemProperty("webhook.inbox.attempts", "3")
                .systemProperty("webhook.inbox.backoff", "PT0.1S")
                .systemProperty("webhook.inbox.lease", "PT5S")
                .systemProperty(
                        "webhook.h2.path",
                        BuildFiles.newDirectory("unused").resolve("webhook").toString())
                .systemProperty("webhook.jpa.key", Base64.getEncoder().encodeToString(new byte[32]))
                .systemProperties(database.settings());
        server.beforeAll(null);
    }

    /** The sample with handlers that must not be deployed, at another context root than its own. */
    private static WebArchive sampleWith(Class<?> handlers) {
        WebArchive war = Deployments.sampleWar().addClass(handlers);
        war.delete("WEB-INF/payara-web.xml");
        return war;
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("update probe_mode set mode = 'ok'");
        database.execute("delete from webhook_inbox");
        database.execute("delete from probe_effect");
    }

    private static Set<String> ask(String query) throws SQLException {
        Set<String> values = new TreeSet<>();
        try (Connection connection = database.connect();
                ResultSet result = connection.createStatement().executeQuery(query)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private static void await(String expected, String query) throws Exception {
        for (int i = 0; i < 300; i++) {
            if (ask(query).equals(Set.of(expected))) {
                return;
            }
            Thread.sleep(100);
        }
        assertEquals(Set.of(expected), ask(query), query);
    }

    private static RawHttp.Answer send(String name) throws IOException {
        String body = "{\"type\":\"probe.one\",\"name\":\"" + name + "\"}";
        return RawHttp.post(server.uri("hooks/probe"))
                .header("Content-Type", "application/json")
                .header("X-Probe", Signed.sha256(ProbeSetup.SECRET, body))
                .body(body)
                .send();
    }

    private static String operator(String method, String path) throws IOException {
        return RawHttp.request(server.uri(""), method, path).send().body();
    }

    @Test
    void delivery_isStoredThenHandledOnceAndItsCopyIsNot() throws Exception {
        RawHttp.Answer answer = send("once");
        assertEquals(200, answer.status(), answer.body());
        assertEquals("{\"status\":\"received\"}", answer.body());
        assertEquals(1, ask("select id from webhook_inbox").size(), "the row is there before the answer is");
        assertEquals(200, send("once").status());
        await("1 DONE", "select count(*) || ' ' || state from webhook_inbox group by state");
        Thread.sleep(1500);
        assertEquals(Set.of("1"), ask("select count(*) from probe_effect"));
        assertTrue(operator("GET", "/probe/counts").contains("DONE=1"));
    }

    @Test
    void handlersThatCannotBeCalled_stopTheDeploymentInOneMessage() {
        String log = server.log();
        assertTrue(log.contains("FaultyHandlers.hidden(): an @OnWebhook method must be public and not static"));
        assertTrue(log.contains("FaultyHandlers.unknown(): unknown sender 'nobody'"));
        assertTrue(log.contains("both handle type \"pbx.call.hangup\" of sender 'zorio'"));
        assertTrue(log.contains("HandlersWithoutBean has an @OnWebhook method and is no CDI bean"));
    }

    @Test
    void forgery_isRefusedAndNotStored() throws Exception {
        assertEquals(
                401,
                RawHttp.post(server.uri("hooks/probe"))
                        .header("X-Probe", Signed.sha256("another-secret-than-the-right-one", "{}"))
                        .body("{}")
                        .send()
                        .status());
        assertEquals(Set.of("0"), ask("select count(*) from webhook_inbox"));
    }

    @Test
    void failingHandler_isRetriedThenDeadThenRedriven() throws Exception {
        database.execute("update probe_mode set mode = 'fail'");
        assertEquals(200, send("failing").status());
        await("DEAD 3", "select state || ' ' || attempts from webhook_inbox");
        assertEquals(
                Set.of("java.lang.IllegalStateException: the probe fails"), ask("select reason from webhook_inbox"));
        assertEquals(
                Set.of("0"), ask("select count(*) from probe_effect"), "what a failing handler wrote is rolled back");
        database.execute("update probe_mode set mode = 'ok'");
        assertEquals("1", operator("POST", "/probe/redrive"));
        await("DONE", "select state from webhook_inbox");
        assertEquals(Set.of("1"), ask("select count(*) from probe_effect"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "rollback"})
    void attemptThatCannotCommit_isNeverTakenForDone(String mode) throws Exception {
        database.execute("update probe_mode set mode = '" + mode + "'");
        assertEquals(200, send("not-committed-" + mode).status());
        await("DEAD 3", "select state || ' ' || attempts from webhook_inbox");
        assertEquals(
                Set.of("0"),
                ask("select count(*) from webhook_inbox where reason like '%did not come to an end%'"),
                "each attempt is known to have failed, rather than found out when its lease ended");
        assertEquals(Set.of("0"), ask("select count(*) from probe_effect"));
        database.execute("update probe_mode set mode = 'ok'");
        assertEquals("1", operator("POST", "/probe/redrive"));
        await("DONE", "select state from webhook_inbox");
        assertEquals(Set.of("1"), ask("select count(*) from probe_effect"));
    }

    @Test
    void errorInATransactionOfOurOwn_isRolledBack() throws Exception {
        assertEquals("on purpose", operator("POST", "/own?name=error"));
        assertEquals(Set.of("0"), ask("select count(*) from probe_effect"));
    }

    @Test
    void callersTransaction_survivesOneOfOurOwnThatDoesNotCommit() throws Exception {
        assertEquals("failed", operator("POST", "/own/within"));
        assertEquals(Set.of("before", "after"), ask("select name from probe_effect"));
    }

    @Test
    void whatIsNotHandledWhenTheServerStops_isHandledAfterItsStart() throws Exception {
        database.execute("update probe_mode set mode = 'slow'");
        for (int i = 0; i < 20; i++) {
            assertEquals(200, send("restart-" + i).status());
        }
        await("3", "select count(*) from webhook_inbox where state = 'RUNNING'");
        server.afterAll(null);
        assertEquals(Set.of("0"), ask("select count(*) from probe_effect"));
        database.execute("update probe_mode set mode = 'ok'");
        startServer();
        await("20 DONE", "select count(*) || ' ' || state from webhook_inbox group by state");
        assertEquals(Set.of("20 20"), ask("select count(*) || ' ' || count(distinct name) from probe_effect"));
    }

    @Test
    void databaseThatGoesAndComes_losesNothingThatWasAcknowledged() throws Exception {
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        Set<Integer> statuses = new ConcurrentSkipListSet<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread sender = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                try {
                    int status = send("outage-" + i).status();
                    statuses.add(status);
                    if (status == 200) {
                        acknowledged.add("outage-" + i);
                    }
                } catch (IOException e) {
                    statuses.add(0);
                }
            }
        });
        sender.start();
        while (acknowledged.size() < 50) {
            Thread.sleep(20);
        }
        database.close();
        while (!statuses.contains(503)) {
            Thread.sleep(20);
        }
        int before = acknowledged.size();
        Thread.sleep(1000);
        assertEquals(before, acknowledged.size(), "acknowledged without a database");
        database.startAgain();
        int known = acknowledged.size();
        for (int i = 0; i < 600 && acknowledged.size() < known + 20; i++) {
            Thread.sleep(50);
        }
        over.set(true);
        sender.join(60_000);
        assertTrue(acknowledged.size() >= known + 20, "it came back: " + acknowledged.size() + " of " + known);
        assertEquals(Set.of(200, 503), statuses);
        await("0", "select count(*) from webhook_inbox where state <> 'DONE'");
        Set<String> effects = ask("select name from probe_effect");
        Set<String> lost = new TreeSet<>(acknowledged);
        lost.removeAll(effects);
        assertEquals(Set.of(), lost);
        assertEquals(Set.of("0"), ask("select count(*) - count(distinct name) from probe_effect"), "handled twice");
    }
}
