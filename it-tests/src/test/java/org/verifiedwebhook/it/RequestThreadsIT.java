package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.verifiedwebhook.it.slow.SlowHook;

/** What {@code threads.sh} is for: as many requests as the server has threads hold up all others. */
@DisabledOnServer(
        value = {Server.PAYARA_MICRO, Server.WILDFLY},
        reason = "they have threads enough by default")
class RequestThreadsIT {

    private static final String THREADS_OF_A_NEW_DOMAIN = "5";

    @RegisterExtension
    static final ServerExtension SERVER = new ServerExtension(RequestThreadsIT.class)
            .deploy(
                    "/slow",
                    Deployments.war("slow")
                            .addPackage(SlowHook.class.getPackage())
                            .setWebXML(WebXml.of()))
            .systemProperty("webhook.zorio.secret", ZorioRequest.SECRET);

    private static void give(String threads) throws Exception {
        SERVER.operate(Operation.of("threads.sh", threads));
        SERVER.operate(Operation.of("restart.sh"));
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!answers()) {
            assertTrue(System.nanoTime() < end, "it does not come back");
            Thread.sleep(500);
        }
    }

    private static boolean answers() throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(SERVER.uri("slow/gauge"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(question, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notUpOrNotInTime) {
            return false;
        }
    }

    private static boolean answersBesideRequestsThatWait(int waiting) throws Exception {
        try (SlowSenders senders = new SlowSenders()) {
            for (int i = 0; i < waiting; i++) {
                senders.open(SERVER.uri("slow/naive"), 1000, new byte[1], false);
            }
            senders.turn();
            Thread.sleep(1_000);
            return answers();
        }
    }

    @Test
    void script_letsMoreRequestsWaitBeforeOthersDo() throws Exception {
        give(THREADS_OF_A_NEW_DOMAIN);
        assertFalse(answersBesideRequestsThatWait(5), "the control");
        give("100");
        assertTrue(answersBesideRequestsThatWait(50));
    }
}
