package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The very same WAR on PostgreSQL: three settings say so, and nothing else. */
class SampleOnPostgreSqlIT {

    @RegisterExtension
    static final Closing CLOSING = new Closing();

    private static PostgreSqlProcess database;
    private static ServerExtension server;

    @BeforeAll
    static void start() throws Exception {
        database = CLOSING.later(PostgreSqlProcess.start("SampleOnPostgreSqlIT-database"));
        server = new ServerExtension(SampleOnPostgreSqlIT.class)
                .deploy("/", Deployments.sample())
                .systemProperty("webhook.demo", "true")
                .systemProperty(
                        "webhook.h2.path",
                        BuildFiles.newDirectory("unused").resolve("webhook").toString())
                .systemProperty("webhook.jpa.key", Base64.getEncoder().encodeToString(new byte[32]))
                .systemProperties(database.settings());
        CLOSING.later(() -> server.afterAll(null));
        server.beforeAll(null);
    }

    @Test
    void delivery_isVerifiedWithASecretFromPostgreSql() throws Exception {
        RawHttp.Answer answer = DemoSample.edgvoip(
                        server, DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, "pg-1"), DemoSample.EDGVOIP_SECRET)
                .send();
        assertEquals(200, answer.status(), answer.body());
    }

    @Test
    void secretsAtRest_areNotReadable() throws Exception {
        int rows = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select s::text from webhook_secret s")) {
            while (result.next()) {
                rows++;
                assertTrue(!result.getString(1).contains(DemoSample.EDGVOIP_SECRET), "a secret in clear");
            }
        }
        assertTrue(rows > 5, rows + " rows: the positive control");
    }
}
