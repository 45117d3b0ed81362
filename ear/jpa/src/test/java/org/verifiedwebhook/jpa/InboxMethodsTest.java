package org.verifiedwebhook.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;

class InboxMethodsTest {

    public static class Handlers {
        @OnWebhook(sender = "acme", type = "call.*")
        public void good(WebhookEvent<JsonObject> event) {}

        @OnWebhook(sender = "acme", type = "a")
        public void parameterized(WebhookEvent<Map<String, List<Integer>>> event) {}

        @OnWebhook(sender = "acme", type = "b")
        public void bytes(WebhookEvent<byte[]> event) {}

        @OnWebhook(sender = "acme")
        void hidden(WebhookEvent<JsonObject> event) {}

        @OnWebhook(sender = "acme")
        public static void fixed(WebhookEvent<JsonObject> event) {}

        @OnWebhook(sender = "acme")
        public void none() {}

        @OnWebhook(sender = "acme")
        public void other(JsonObject event) {}

        @OnWebhook(sender = "acme")
        public void two(WebhookEvent<JsonObject> event, String more) {}

        @OnWebhook(sender = "acme")
        @SuppressWarnings("rawtypes")
        public void raw(WebhookEvent event) {}

        @OnWebhook(sender = "acme")
        public void wild(WebhookEvent<?> event) {}

        @OnWebhook(sender = "acme")
        public <T> void variable(WebhookEvent<T> event) {}

        @OnWebhook(sender = "acme", type = "call*")
        public void pattern(WebhookEvent<JsonObject> event) {}

        public void notAnnotated(String anything) {}
    }

    public static class Inheriting extends Handlers {}

    static class Hidden {
        @OnWebhook(sender = "acme")
        public void inHiddenClass(WebhookEvent<JsonObject> event) {}
    }

    private static Map<String, Optional<String>> faults(Class<?> type) {
        return InboxMethods.in(type).stream().collect(Collectors.toMap(Method::getName, InboxMethods::fault));
    }

    @Test
    void methodsThatCanBeCalled_haveNoFault() {
        Map<String, Optional<String>> faults = faults(Handlers.class);
        for (String good : List.of("good", "parameterized", "bytes")) {
            assertEquals(Optional.empty(), faults.get(good), good);
        }
    }

    @Test
    void otherMethods_haveOneThatNamesThemAndTheCure() {
        Map<String, Optional<String>> faults = faults(Handlers.class);
        Map<String, String> cures = Map.of(
                "hidden", "must be public",
                "fixed", "not static",
                "none", "one parameter",
                "other", "one parameter",
                "two", "one parameter",
                "raw", "must say of what",
                "wild", "must say of what",
                "variable", "must say of what",
                "pattern", "neither an event type");
        cures.forEach((name, cure) -> {
            String fault = faults.get(name).orElse("no fault");
            assertTrue(fault.contains("Handlers." + name + "()") && fault.contains(cure), fault);
        });
        assertEquals(12, faults.size());
        assertTrue(faults(Hidden.class).get("inHiddenClass").isPresent());
    }

    @Test
    void inheritedMethods_count() {
        assertEquals(12, InboxMethods.in(Inheriting.class).size());
    }

    @Test
    void dataOfAMethod_keepsItsParameters() throws Exception {
        assertEquals(
                "java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>",
                InboxMethods.data(Handlers.class.getMethod("parameterized", WebhookEvent.class))
                        .getTypeName());
    }

    @Test
    void twoOfTheSameType_areToldTogether() {
        InboxHandler one = new InboxHandler("A.a()", "acme", "x", String.class, event -> {});
        InboxHandler same = new InboxHandler("B.b()", "acme", "x", String.class, event -> {});
        InboxHandler other = new InboxHandler("C.c()", "other", "x", String.class, event -> {});
        List<String> faults = InboxMethods.doubles(List.of(one, same, other));
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).contains("A.a()") && faults.get(0).contains("B.b()"), faults.get(0));
        assertEquals(List.of(), InboxMethods.doubles(List.of(one, other)));
    }
}
