package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Assurance;

class WebhookFilterTest {

    private final WebhookGate gate = WebhookGate.builder()
            .settings(Settings.of(Map.of("webhook/zorio/secret", "0123456789abcdef0123456789abcdef")))
            .build();

    private static FilterConfig config() {
        ClassLoader loader = WebhookFilterTest.class.getClassLoader();
        Object context = Proxy.newProxyInstance(
                loader,
                new Class<?>[] {ServletContext.class},
                (self, method, args) -> method.getName().equals("getFilterRegistrations") ? Map.of() : null);
        return (FilterConfig) Proxy.newProxyInstance(
                loader,
                new Class<?>[] {FilterConfig.class},
                (self, method, args) -> method.getName().equals("getServletContext") ? context : "zorio");
    }

    /** A request whose body another filter took by its reader. */
    private static HttpServletRequest readByReader() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                WebhookFilterTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getAttribute", "setAttribute", "getQueryString" -> null;
                    case "getContentLengthLong" -> 17L;
                    case "getHeaderNames", "getHeaders" -> Collections.enumeration(List.of());
                    case "getServerPort" -> 80;
                    case "getProtocol" -> "HTTP/1.1";
                    case "getMethod" -> "POST";
                    case "getRequestURI" -> "/hook";
                    case "getScheme" -> "http";
                    case "getServerName", "getRemoteAddr" -> "127.0.0.1";
                    case "getInputStream" -> throw new IllegalStateException("getReader() has been called");
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    @Test
    void unsignedSender_mustBeAskedForAloud() {
        WebhookGate identified = WebhookGate.builder()
                .settings(Settings.of(Map.of("webhook/cloudonix-cdr/known-tenants", "one")))
                .build();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new WebhookFilter(identified, "cloudonix-cdr"));
        assertTrue(refused.getMessage().contains("accept=identified"), refused.getMessage());
        assertNotNull(new WebhookFilter(identified, "cloudonix-cdr", Assurance.IDENTIFIED));
    }

    @Test
    void bodyTakenByAReaderBefore_isOurFault() throws Exception {
        ServerResponse server = new ServerResponse();
        WebhookFilter filter = new WebhookFilter(gate, "zorio");
        filter.init(config());
        filter.doFilter(readByReader(), server.response(), (request, response) -> fail("nothing was verified"));
        filter.destroy();
        assertEquals(503, server.status);
    }
}
