package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.secret.Settings;

/** A delivery has no place in it where its signature has none: who has two for one sender is told. */
class SharedDeliveriesTest {

    private static List<String> warnings(Map<String, String> settings, Class<?>... types) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Class<?> type : types) {
            endpoints.addAll(Endpoint.in(type));
        }
        return SharedDeliveries.warnings(
                endpoints, WebhookGate.builder().settings(Settings.of(settings)).build());
    }

    private static List<String> warnings(Class<?>... types) {
        return warnings(Map.of(), types);
    }

    @Path("billing")
    @VerifiedWebhook("zorio")
    public static class Billing {
        @POST
        public void hook() {}
    }

    @Path("support")
    @VerifiedWebhook("zorio")
    public static class Support {
        @POST
        @Path("calls")
        public void hook() {}
    }

    @Test
    void twoPlacesOfASenderThatSignsTheBodyAlone_areToldWithTheCure() {
        List<String> told = warnings(Support.class, Billing.class);
        assertEquals(1, told.size());
        for (String part : List.of(
                "sender zorio",
                "SharedDeliveriesTest$Billing.hook()",
                "SharedDeliveriesTest$Support.hook()",
                "handleCopies = true")) {
            assertTrue(told.get(0).contains(part), told.get(0));
        }
    }

    @Path("/billing/")
    @VerifiedWebhook("zorio")
    public static class SamePlace {
        @POST
        @Consumes("text/plain")
        public void text() {}

        @POST
        @Consumes("application/json")
        public void json() {}
    }

    @Path("copies")
    public static class Copies {
        @POST
        @VerifiedWebhook(value = "zorio", handleCopies = true)
        public void hook() {}
    }

    @Path("calls")
    @VerifiedWebhook("signalwire")
    public static class SignedUrl {
        @POST
        @Path("one")
        public void one() {}

        @POST
        @Path("two")
        public void two() {}
    }

    @Path("voice")
    @VerifiedWebhook("cloudonix-voice")
    public static class NeverCopies {
        @POST
        @Path("one")
        public void one() {}

        @POST
        @Path("two")
        public void two() {}
    }

    @Path("other")
    @VerifiedWebhook("chaindoc")
    public static class OtherSender {
        @POST
        public void hook() {}
    }

    @Test
    void whatSharesNothing_isNotTold() {
        assertEquals(List.of(), warnings(Billing.class));
        assertEquals(List.of(), warnings(Billing.class, SamePlace.class));
        assertEquals(List.of(), warnings(Billing.class, Copies.class));
        assertEquals(List.of(), warnings(SignedUrl.class));
        assertEquals(List.of(), warnings(NeverCopies.class));
        assertEquals(List.of(), warnings(Billing.class, OtherSender.class));
        assertEquals(List.of(), warnings(Map.of("webhook/zorio/handle-copies", "true"), Billing.class, Support.class));
    }
}
