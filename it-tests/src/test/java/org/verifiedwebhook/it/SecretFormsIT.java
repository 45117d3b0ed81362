package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form in which an operator can bring a secret to this server, a sender for each, all with secrets that contain an
 * equals sign and a colon. What rotates while the server runs is in {@link RotationIT}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretFormsIT {

    private static final Duration REMEMBERED = Duration.ofMillis(4500);
    private static final String FUTURE = "2999-12-31T23:59:59Z";
    private static final String PAST = "2020-12-31T23:59:59Z";
    private static final String TENANT = "acme_eu:1";
    private static final String TENANT_NAME = "acme_5feu_3a1";

    private static final List<String> FORMS = new ArrayList<>();
    private static final Path FILES = BuildFiles.newDirectory("settings-directory");
    private static final Path MOUNTED = BuildFiles.newDirectory("secrets-directory");

    @RegisterExtension
    static final ServerExtension SERVER = server();

    private static String secret(String form) {
        return form + "=secret:of=32 characters/and+more==";
    }

    private static String name(String form) {
        return "webhook/" + form + "/secret";
    }

    private static ServerExtension server() {
        ServerExtension server = new ServerExtension(SecretFormsIT.class);
        form("form-jndi", form -> server.operation(Operation.set(name(form), secret(form))));
        form("form-property", form -> server.systemProperty("webhook." + form + ".secret", secret(form)));
        form("form-variable", form -> server.environment("WEBHOOK_FORM_VARIABLE_SECRET", secret(form)));
        form("form-file", form -> write(FILES, form, secret(form) + "\n"));
        form("form-entry", form -> {});
        form("form-environment", form -> {
            server.environment("FORM_ENVIRONMENT", secret(form));
            server.operation(Operation.set(name(form), Server.CURRENT.environmentReference("FORM_ENVIRONMENT")));
        });
        form("form-validity", form -> {
            server.operation(Operation.set(name(form), secret("form-new")));
            server.operation(Operation.set(name(form) + "-previous", secret(form)));
            server.operation(Operation.set(name(form) + "-previous-until", FUTURE));
        });
        write(FILES, "ended-validity", secret("form-new"));
        writeSetting(FILES, "webhook.ended-validity.secret-previous", secret("ended-validity"));
        writeSetting(FILES, "webhook.ended-validity.secret-previous-until", PAST);
        form(
                "form-tenants",
                form -> server.operation(
                        Operation.set("webhook/" + form + "/tenants/" + TENANT_NAME + "/secret", secret(form))));
        if (Server.CURRENT != Server.WILDFLY) {
            form("form-config", form -> {
                server.systemProperty("form.config", secret(form));
                server.operation(Operation.set(name(form), "${MPCONFIG=form.config}"));
            });
        }
        form("form-mounted", form -> {
            write(MOUNTED, form, secret(form));
            server.operation(Operation.of("secrets-directory.sh", MOUNTED.toString()));
            if (Server.CURRENT != Server.PAYARA_MICRO) {
                server.operation(Operation.of("restart.sh"));
            }
        });
        if (Server.CURRENT != Server.WILDFLY) {
            form("form-alias", form -> {
                server.operation(new Operation("alias.sh", secret(form), List.of("form-alias")));
                server.operation(Operation.set(name(form), "${ALIAS=form-alias}"));
            });
        }
        return server.systemProperty("webhook.settings-directory", FILES.toString())
                .deploy("/forms", war(secret("form-entry")));
    }

    /** @param entry the secret of the form that is part of the archive */
    private static WebArchive war(String entry) {
        // The last two are bound by no operator; one by the test, when the server has encrypted it.
        List<String> senders = new ArrayList<>(FORMS);
        senders.addAll(List.of("ended-validity", "form-encrypted", "form-unbound"));
        return SecretForms.war(senders, List.of("""
                <env-entry>
                  <env-entry-name>webhook/form-entry/secret</env-entry-name>
                  <env-entry-type>java.lang.String</env-entry-type>
                  <env-entry-value>%s</env-entry-value>
                </env-entry>
                """.formatted(entry)));
    }

    private static void form(String name, java.util.function.Consumer<String> configure) {
        FORMS.add(name);
        configure.accept(name);
    }

    private static void write(Path directory, String form, String text) {
        writeSetting(directory, "webhook." + form + ".secret", text);
    }

    private static void writeSetting(Path directory, String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(String form, String secret) throws IOException, InterruptedException {
        return status(form, TENANT, secret);
    }

    private static int status(String form, String tenant, String secret) throws IOException, InterruptedException {
        String body = "{\"tenant\":\"" + tenant + "\",\"event\":\"" + UUID.randomUUID() + "\"}";
        HttpRequest request = ZorioRequest.signed(SERVER.uri("forms/hooks/" + form), body, secret)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    static Stream<String> forms() {
        return FORMS.stream();
    }

    /** First: what the others change they leave changed. */
    @ParameterizedTest
    @MethodSource("forms")
    @Order(1)
    void secretInThisForm_verifies(String form) throws Exception {
        assertEquals(200, status(form, secret(form)));
        assertEquals(401, status(form, secret(form) + "x"));
    }

    @Test
    void secretOfOneTenant_isNotAnothers() throws Exception {
        assertEquals(401, status("form-tenants", "acme", secret("form-tenants")));
        assertEquals(200, status("form-tenants", secret("form-tenants")));
    }

    @Test
    void previousSecretAfterItsEnd_isRefused() throws Exception {
        assertEquals(401, status("ended-validity", secret("ended-validity")));
        assertEquals(200, status("ended-validity", secret("form-new")));
    }

    @Test
    void bindingThatIsMissing_stopsNoDeployment() throws Exception {
        assertEquals(401, status("form-unbound", secret("form-unbound")));
    }

    @Test
    @DisabledOnServer(
            value = {Server.PAYARA_MICRO, Server.WILDFLY},
            reason = "aliases are Payara's; Micro has no administration while it runs")
    void changedAlias_countsAfterARestart() throws Exception {
        String next = secret("next-alias");
        SERVER.operate(new Operation("alias.sh", next, List.of("form-alias")));
        Thread.sleep(REMEMBERED.toMillis());
        assertEquals(401, status("form-alias", next), "not live");
        assertEquals(200, status("form-alias", secret("form-alias")));
        SERVER.operate(Operation.of("restart.sh"));
        awaitStatus("form-alias", next);
        assertEquals(401, status("form-alias", secret("form-alias")));
    }

    @Test
    @DisabledOnServer(
            value = {Server.PAYARA_MICRO, Server.PAYARA_SERVER},
            reason = "Payara looks into its directory now and then, at no time that it promises")
    void changedFileOfTheServersDirectory_countsAfterAReload() throws Exception {
        String next = secret("next-mounted");
        write(MOUNTED, "form-mounted", next);
        Thread.sleep(REMEMBERED.toMillis());
        assertEquals(401, status("form-mounted", next), "not live");
        SERVER.operate(Operation.of("restart.sh"));
        awaitStatus("form-mounted", next);
    }

    @Test
    @DisabledOnServer(
            value = {Server.PAYARA_MICRO, Server.PAYARA_SERVER},
            reason = "expressions of Elytron are WildFly's")
    void encryptedExpression_verifies() throws Exception {
        String secret = secret("form-encrypted");
        String expression = SERVER.operate(new Operation("encrypt.sh", secret, List.of()));
        assertTrue(expression.startsWith("${ENC::"), expression);
        assertTrue(!expression.contains("form-encrypted"), "in clear");
        SERVER.operate(Operation.set(name("form-encrypted"), expression));
        assertEquals(200, status("form-encrypted", secret));
        assertEquals(401, status("form-encrypted", secret + "x"));
    }

    @Test
    @DisabledOnServer(
            value = {Server.PAYARA_MICRO, Server.PAYARA_SERVER},
            reason = "only WildFly says success to what it may carry out later")
    void changeWhileWildFlyWaitsForAReload_isAFailureOfTheScript() throws Exception {
        String next = secret("next-jndi");
        // Any change that needs a reload.
        SERVER.operate(Operation.of("login.sh"));
        IOException e = assertThrows(IOException.class, () -> SERVER.operate(Operation.set(name("form-jndi"), next)));
        SERVER.operate(Operation.of("restart.sh"));
        assertTrue(e.getMessage().contains("waits for a reload"), e.getMessage());
        awaitStatus("form-jndi", next);
    }

    /** Last: another process has none of what was bound meanwhile. */
    @Test
    @Order(Integer.MAX_VALUE)
    void changedVariableAndChangedEntry_countInANewProcess() throws Exception {
        if (Server.CURRENT.changesJndiWhileItRuns()) {
            // Bound anew, the name of a variable still stands for what this process was given.
            SERVER.operate(
                    Operation.set(name("form-environment"), Server.CURRENT.environmentReference("FORM_ENVIRONMENT")));
            Thread.sleep(REMEMBERED.toMillis());
        }
        String next = secret("next-process");
        List<String> forms = List.of("form-environment", "form-variable", "form-entry");
        for (String form : forms) {
            assertEquals(200, status(form, secret(form)), form);
            assertEquals(401, status(form, next), form);
        }
        SERVER.environment("FORM_ENVIRONMENT", next)
                .environment("WEBHOOK_FORM_VARIABLE_SECRET", next)
                .deploy("/forms", war(next))
                .startAgain();
        for (String form : forms) {
            assertEquals(200, status(form, next), form);
            assertEquals(401, status(form, secret(form)), form);
        }
    }

    private static void awaitStatus(String form, String secret) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            try {
                if (status(form, secret) == 200) {
                    return;
                }
            } catch (IOException notUp) {
                // Restarting.
            }
            assertTrue(System.nanoTime() < end, form + " does not come back");
            Thread.sleep(500);
        }
    }
}
