package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.embedded.CapturedLog;
import org.verifiedwebhook.secret.SecretSet;
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

    private static String toldAtTheStart(WebhookGate.Builder gate, String sender) throws Exception {
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            WebhookFilter filter = new WebhookFilter(gate.build(), sender);
            filter.init(config());
            filter.destroy();
            return log.text();
        }
    }

    private static WebhookGate.Builder with(String... settings) {
        return WebhookGate.builder()
                .settings(Settings.of(settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1])));
    }

    /** It may come later, so this stops nothing; but who forgot it reads it here and not from the sender. */
    @Test
    void secretThatIsMissing_isToldAtTheStartWithTheCure() throws Exception {
        String told = toldAtTheStart(with(), "zorio");
        assertTrue(told.contains("sender zorio has no secret") && told.contains("webhook/zorio/secret"), told);
        told = toldAtTheStart(with(), "cloudonix-status");
        assertTrue(told.contains("webhook/cloudonix-status/secret"), "one for all tenants: " + told);
        told = toldAtTheStart(with("webhook/zorio/secret", "${canary}"), "zorio");
        assertTrue(told.contains("webhook/zorio/secret holds an expression") && !told.contains("canary"), told);
    }

    @Test
    void secretThatIsThereOrElsewhere_isNoMatterAtTheStart() throws Exception {
        String secret = "0123456789abcdef0123456789abcdef";
        assertEquals("", toldAtTheStart(with("webhook/zorio/secret", secret), "zorio"));
        assertEquals("", toldAtTheStart(with("webhook/zorio/secret-next", secret), "zorio"));
        assertEquals("", toldAtTheStart(with().secrets(r -> fail("asked before the first request")), "zorio"));
        assertEquals("", toldAtTheStart(with(), "edgvoip"), "its tenants' secrets may come and go");
    }

    /** Two filters that the container set up, over the application's one gate. */
    private static String toldOfTwoPlaces(String sender, String... settings) throws Exception {
        WebhookGate shared = with(settings).secrets(r -> SecretSet.none()).build();
        ClassLoader loader = WebhookFilterTest.class.getClassLoader();
        Map<String, Object> registrations =
                Map.of("first", registration(sender, "/a"), "zorio", registration(sender, "/b"));
        Object context = Proxy.newProxyInstance(
                loader, new Class<?>[] {ServletContext.class}, (self, method, args) -> switch (method.getName()) {
                    case "getFilterRegistrations" -> registrations;
                    case "getAttribute" -> args[0].equals(WebhookGate.class.getName()) ? shared : null;
                    default -> null;
                });
        FilterConfig config = (FilterConfig) Proxy.newProxyInstance(
                loader, new Class<?>[] {FilterConfig.class}, (self, method, args) -> switch (method.getName()) {
                    case "getServletContext" -> context;
                    case "getFilterName" -> "zorio";
                    case "getInitParameter" -> args[0].equals("sender") ? sender : null;
                    default -> Collections.enumeration(List.of("sender"));
                });
        try (CapturedLog log = CapturedLog.of("org.verifiedwebhook")) {
            WebhookFilter filter = new WebhookFilter();
            filter.init(config);
            filter.destroy();
            return log.text();
        }
    }

    private static Object registration(String sender, String pattern) {
        return Proxy.newProxyInstance(
                WebhookFilterTest.class.getClassLoader(),
                new Class<?>[] {FilterRegistration.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getClassName" -> WebhookFilter.class.getName();
                    case "getInitParameter" -> sender;
                    case "getInitParameters" -> Map.of("sender", sender);
                    case "getUrlPatternMappings" -> List.of(pattern);
                    case "getServletNameMappings" -> List.of();
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    @Test
    void secondPlaceOfASenderThatSignsTheBodyAlone_isToldAtTheStart() throws Exception {
        String told = toldOfTwoPlaces("zorio");
        assertTrue(told.contains("filters first and zorio are both for sender zorio"), told);
        assertTrue(told.contains("handle-copies"), told);
        assertEquals("", toldOfTwoPlaces("zorio", "webhook/zorio/handle-copies", "true"));
        assertEquals("", toldOfTwoPlaces("signalwire", "webhook/public-url", "https://h.example"));
    }
}
