package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.Verdict;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookRequest;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.Settings;

class BufferedRequestTest {

    private static final byte[] RECORD = "{\"owner\":{\"domain\":{\"uuid\":\"one\"}}}".getBytes(StandardCharsets.UTF_8);

    private static WebhookDelivery identified() {
        WebhookGate gate = WebhookGate.builder()
                .settings(Settings.of(Map.of("webhook/cloudonix-cdr/known-tenants", "one")))
                .build();
        WebhookRequest request =
                WebhookRequest.of("POST", "https://h.example/cdr").body(RECORD).build();
        return assertInstanceOf(Verdict.Verified.class, gate.verify("cloudonix-cdr", request))
                .delivery();
    }

    private static BufferedRequest buffered(String query, String body) {
        return buffered(query, body, context -> {});
    }

    private static BufferedRequest buffered(String query, String body, BufferedRequest.Ending ending) {
        HttpServletRequest server = (HttpServletRequest) Proxy.newProxyInstance(
                BufferedRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getQueryString" -> query;
                    case "getContentType" -> "application/x-www-form-urlencoded";
                    default -> throw new UnsupportedOperationException(method.toString());
                });
        AdmittedRequest admitted = new AdmittedRequest(identified(), body.getBytes(StandardCharsets.UTF_8));
        return new BufferedRequest(server, admitted, new CapturedResponse(new ServerResponse().response()), ending);
    }

    private static Handling handling(DeliveryClaim claim) {
        return new Handling(identified(), claim, null, null);
    }

    @Test
    void unsignedQuery_doesNotHideTheBodysField() {
        BufferedRequest request = buffered("From=evil&Only=query", "From=good&From=better&Only%2dBody=1");
        assertEquals("good", request.getParameter("From"));
        assertArrayEquals(new String[] {"good", "better"}, request.getParameterValues("From"));
        assertEquals("query", request.getParameter("Only"));
        assertEquals("1", request.getParameter("Only-Body"));
        assertNull(request.getParameter("Neither"));
    }

    @Test
    void stream_isTheSameObjectAtEachCall() throws IOException {
        BufferedRequest request = buffered(null, "a=b");
        assertSame(request.getInputStream(), request.getInputStream());
        assertEquals('a', request.getInputStream().read());
        assertEquals('=', request.getInputStream().read());
    }

    @Test
    void asynchronousHandlerInATransaction_isToldTheCure() {
        BufferedRequest request = buffered(null, "", handling(new DeliveryClaim() {
            @Override
            public boolean holdsTransaction() {
                return true;
            }

            @Override
            public Answer complete(Answer answer) {
                throw new AssertionError();
            }

            @Override
            public void release() {
                throw new AssertionError();
            }
        }));
        IllegalStateException e = assertThrows(IllegalStateException.class, request::startAsync);
        assertTrue(
                e.getMessage().contains("cloudonix-cdr") && e.getMessage().contains("handle-copies"), e.getMessage());
        assertFalse(request.asynchronous());
    }

    @Test
    void identifiedOnly_hasNoPrincipal() {
        BufferedRequest request = buffered(null, "");
        assertNull(request.getUserPrincipal());
        assertNull(request.getRemoteUser());
    }
}
