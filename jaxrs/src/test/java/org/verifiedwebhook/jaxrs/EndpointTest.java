package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Dedupe;

class EndpointTest {

    @VerifiedWebhook("on-class")
    public static class OnClass {
        @POST
        public void hook() {}

        @POST
        @Path("other")
        @VerifiedWebhook(value = "on-method", accept = Assurance.IDENTIFIED, handleCopies = true)
        public void other() {}

        @Path("sub")
        public Object locator() {
            return "";
        }

        public void helper() {}
    }

    @Test
    void classAnnotation_holdsForItsJaxRsMethods() {
        assertEquals("on-class", sender(OnClass.class, "hook"));
        assertEquals("on-class", sender(OnClass.class, "locator"));
        assertEquals("-", sender(OnClass.class, "helper"));
    }

    @Test
    void methodAnnotation_winsOverTheClass() {
        Endpoint endpoint =
                Endpoint.of(OnClass.class, method(OnClass.class, "other")).orElseThrow();
        assertEquals("on-method", endpoint.sender());
        assertEquals(Assurance.IDENTIFIED, endpoint.accept());
        assertTrue(endpoint.handleCopies());
    }

    @Test
    void kind_isWhatJaxRsTakesTheMethodFor() {
        assertEquals(Endpoint.Kind.RESOURCE_METHOD, kind(OnClass.class, "other"));
        assertEquals(Endpoint.Kind.LOCATOR, kind(OnClass.class, "locator"));
        assertEquals(Endpoint.Kind.OTHER, kind(OnClass.class, "helper"));
    }

    @Test
    void in_listsAllEndpoints() {
        List<String> names = Endpoint.in(OnClass.class).stream()
                .map(e -> e.method().getName())
                .sorted()
                .toList();
        assertEquals(List.of("hook", "locator", "other"), names);
    }

    public static class Proxy extends OnClass {
        @Override
        public void hook() {}

        @Override
        public void other() {}
    }

    public static class ProxyOfProxy extends Proxy {}

    @Test
    void proxySubclass_isWhatItsSuperclassIs() {
        assertEquals("on-class", sender(ProxyOfProxy.class, "hook"));
        assertEquals("on-method", sender(ProxyOfProxy.class, "other"));
        assertEquals("on-class", sender(ProxyOfProxy.class, "locator"));
    }

    @VerifiedWebhook("on-interface")
    public interface Contract {
        @POST
        void hook();

        @GET
        @VerifiedWebhook("on-interface-method")
        void get();
    }

    public interface MoreContract extends Contract {}

    public static class Implementation implements MoreContract {
        @Override
        public void hook() {}

        @Override
        public void get() {}

        @POST
        public void ownHook() {}
    }

    @Test
    void interfaceAnnotation_counts() {
        assertEquals("on-interface", sender(Implementation.class, "hook"));
        assertEquals("on-interface-method", sender(Implementation.class, "get"));
    }

    @Test
    void interfaceAnnotation_holdsForMethodsOfTheClass() {
        assertEquals("on-interface", sender(Implementation.class, "ownHook"));
    }

    @VerifiedWebhook("nearer")
    public static class Nearer extends Implementation {}

    @Test
    void classAnnotation_winsOverTheInterface() {
        assertEquals("nearer", sender(Nearer.class, "hook"));
        assertEquals("on-interface-method", sender(Nearer.class, "get"), "a method wins over any class");
    }

    public interface Generic<T> {
        @POST
        @VerifiedWebhook("generic")
        void hook(T body);
    }

    public static class OfString implements Generic<String> {
        @Override
        public void hook(String body) {}

        @POST
        public void hook(String body, String more) {}
    }

    @Test
    void methodThatFillsInTypeParameters_inheritsTheAnnotation() throws Exception {
        assertEquals("generic", sender(OfString.class, OfString.class.getMethod("hook", String.class)));
        assertEquals("-", sender(OfString.class, OfString.class.getMethod("hook", String.class, String.class)));
    }

    public static class Base {
        public void hook(String body) {}
    }

    public static class BaseMadeGeneric extends Base implements Generic<String> {}

    @Test
    void inheritedMethodThatImplementsAGenericOne_inheritsTheAnnotation() throws Exception {
        assertEquals("generic", sender(BaseMadeGeneric.class, Base.class.getMethod("hook", String.class)));
    }

    public abstract static class Superclass {
        @POST
        @VerifiedWebhook("on-superclass-method")
        public void hook() {}
    }

    public static class Overriding extends Superclass {
        @POST
        @Override
        public void hook() {}
    }

    @Test
    void overriddenMethodsAnnotation_countsWhateverElseTheMethodSays() {
        assertEquals("on-superclass-method", sender(Overriding.class, "hook"));
    }

    private static String sender(Class<?> type, String method) {
        return sender(type, method(type, method));
    }

    private static String sender(Class<?> type, Method method) {
        Optional<Endpoint> endpoint = Endpoint.of(type, method);
        return endpoint.map(Endpoint::sender).orElse("-");
    }

    private static Endpoint.Kind kind(Class<?> type, String method) {
        return Endpoint.kind(type, method(type, method));
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(m -> m.getName().equals(name) && !m.isBridge())
                .findFirst()
                .orElseThrow();
    }

    @VerifiedWebhook("zorio")
    public static class Asynchronous {
        @POST
        public void resumed(@Suspended AsyncResponse response) {}

        @POST
        public CompletableFuture<String> staged() {
            return null;
        }

        @POST
        public void events(SseEventSink sink) {}

        @POST
        @VerifiedWebhook(value = "zorio", handleCopies = true)
        public CompletionStage<String> copies() {
            return null;
        }

        @POST
        @VerifiedWebhook(value = "cloudonix-voice")
        public CompletionStage<String> voice() {
            return null;
        }

        @POST
        public String synchronous(String body) {
            return body;
        }
    }

    @Test
    void asynchronousEndpointInATransaction_isRefusedWithTheCure() {
        DeploymentFaults faults = new DeploymentFaults();
        Endpoint.in(Asynchronous.class)
                .forEach(e -> faults.checkSynchronous(e, e.sender().equals("zorio") ? Dedupe.SIGNATURE : Dedupe.NONE));
        String message = faults.message();
        for (String refused : List.of("resumed", "staged", "events")) {
            assertTrue(message.contains("." + refused + "() answers asynchronously"), message);
        }
        assertEquals(3, message.split("handleCopies = true", -1).length - 1, message);
    }

    @VerifiedWebhook("of-a-stereotype")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Ours {}

    @Ours
    @Retention(RetentionPolicy.RUNTIME)
    @interface OursInTurn {}

    @Ours
    public static class ByStereotype {
        @POST
        public void hook() {}

        @POST
        @OursInTurn
        @VerifiedWebhook("on-method")
        public void other() {}
    }

    public static class ByStereotypeOnTheMethod {
        @POST
        @OursInTurn
        public void hook() {}

        @POST
        public void other() {}
    }

    @Test
    void annotationThatCarriesOurs_countsAsOurs() {
        assertEquals("of-a-stereotype", sender(ByStereotype.class, "hook"));
        assertEquals("on-method", sender(ByStereotype.class, "other"));
        assertEquals("of-a-stereotype", sender(ByStereotypeOnTheMethod.class, "hook"));
        assertEquals("-", sender(ByStereotypeOnTheMethod.class, "other"));
    }
}
