package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two filters may meet one request is never denied too lightly. */
class OverlapTest {

    private final Map<String, FilterRegistration> all = new HashMap<>();
    private Map<String, String> params = Map.of();

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(OverlapTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void register(String name, String type, String sender, List<String> patterns, List<String> servlets) {
        all.put(name, fake(FilterRegistration.class, (self, method, args) -> switch (method.getName()) {
            case "getClassName" -> type;
            case "getInitParameter" -> sender;
            case "getInitParameters" -> params;
            case "getUrlPatternMappings" -> patterns;
            case "getServletNameMappings" -> servlets;
            default -> throw new UnsupportedOperationException(method.toString());
        }));
    }

    private void webhook(String name, String sender, String... patterns) {
        register(name, WebhookFilter.class.getName(), sender, List.of(patterns), List.of());
    }

    private FilterConfig filter(String name) {
        ServletContext context = fake(ServletContext.class, (self, method, args) -> all);
        return fake(
                FilterConfig.class, (self, method, args) -> method.getName().equals("getFilterName") ? name : context);
    }

    private boolean exists() {
        return Overlap.exists(filter("mine"), "zorio");
    }

    private boolean elsewhereToo(String name) {
        return Overlap.elsewhereToo(filter(name), "zorio").isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/billing, /support, true",
        "/hooks/billing/*, /hooks/support/*, true",
        "/hooks/*, /hooks/zorio, false",
        "/hooks/zorio, /hooks/zorio/*, false"
    })
    void filtersForOneSenderAtTwoPlaces_areToldOfOnce(String mine, String other, boolean expected) {
        webhook("mine", "zorio", mine);
        webhook("other", "zorio", other);
        assertFalse(elsewhereToo("mine"), "the last one tells");
        assertEquals(expected, elsewhereToo("other"));
    }

    @Test
    void filterForAnotherSenderOrOfAnotherKind_isNotTheSameAgain() {
        webhook("mine", "zorio", "/mine");
        webhook("before", "edgvoip", "/other");
        register("a-login", "com.example.Login", "zorio", List.of("/login"), List.of());
        assertFalse(elsewhereToo("mine"));
    }

    @Test
    void filterWithSecretsOfItsOwn_remembersItsOwnDeliveries() {
        webhook("mine", "zorio", "/mine");
        webhook("before", "zorio", "/other");
        assertTrue(elsewhereToo("mine"), "the control");
        params = Map.of("sender", "zorio", "secret", "anything");
        assertFalse(elsewhereToo("mine"));
    }

    @ParameterizedTest
    @CsvSource({
        "/hooks/*, /hooks/*, true",
        "/hooks/zorio/*, /hooks/*, true",
        "/hooks/*, /hooks/zorio/*, true",
        "/hooks/*, /hooks/zorio, true",
        "/hooks/zorio, /hooks/zorio/, true",
        "/hooks/zorio, /*, true",
        "/hooks/zorio, /, true",
        "/hooks/zorio/*, *.do, true",
        "/hooks/zorio/*, /hooks/edgvoip/*, false",
        "/hooks/zorio/*, /hooks/zorio2/*, false",
        "/hooks/zorio, /hooks/zorio2, false"
    })
    void patterns_meetIfAPathMayMatchBoth(String mine, String other, boolean expected) {
        webhook("mine", "zorio", "/elsewhere/*", mine);
        webhook("other", "edgvoip", other, "/nowhere/*");
        assertEquals(expected, exists());
    }

    @Test
    void filterThatIsAlone_meetsNone() {
        webhook("mine", "zorio", "/*");
        register("login", "com.example.Login", null, List.of("/*"), List.of());
        assertFalse(exists());
    }

    @Test
    void filterForTheSameSender_isNoOther() {
        webhook("mine", "zorio", "/*");
        webhook("second", "zorio", "/*");
        assertFalse(exists());
    }

    @Test
    void filterWhoseSenderNobodyKnows_isAnother() {
        webhook("mine", "zorio", "/*");
        webhook("by-hand", null, "/*");
        assertTrue(exists());
    }

    @Test
    void mappingToAServlet_mayMeetAnything() {
        webhook("mine", "zorio", "/hooks/*");
        register("other", WebhookFilter.class.getName(), "edgvoip", List.of(), List.of("Servlet"));
        assertTrue(exists());
    }

    @Test
    void filterThatTheContainerDoesNotName_mayMeetAnything() {
        webhook("other", "edgvoip", "/hooks/edgvoip/*");
        assertTrue(exists());
    }
}
