package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointPathsTest {

    @Path("hooks/")
    static class Hooks {
        @POST
        @VerifiedWebhook("zorio")
        public void root() {}

        @POST
        @Path("/{tenant}/calls")
        @VerifiedWebhook("edgvoip")
        public void ofTenant() {}

        @POST
        @Path("{year: [0-9]{4}}/x.y")
        @VerifiedWebhook("chaindoc")
        public void ofYear() {}

        @PUT
        @Path("open")
        public void open() {}

        @GET
        @Path("open")
        @VerifiedWebhook("signalwire")
        public void read() {}
    }

    @Path("/tree")
    static class Tree {
        @Path("{id}")
        public Branch branch() {
            return new Branch();
        }
    }

    static class Branch {
        @POST
        @Path("leaf")
        @VerifiedWebhook("zorio")
        public void leaf() {}
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /hooks, [zorio]",
        "POST, /hooks/, [zorio]",
        "GET, /hooks, []",
        "POST, /hook, []",
        "POST, /hooks/acme/calls, [edgvoip]",
        "POST, /hooks/acme/calls/, [edgvoip]",
        "POST, /hooks/acme/more/calls, []",
        "POST, /hooks/2026/x.y, [chaindoc]",
        "POST, /hooks/2026/xzy, []",
        "PUT, /hooks/open, []",
        "GET, /hooks/open, [signalwire]",
        "POST, /tree/1/leaf, []"
    })
    void requestToAnEndpoint_isOfItsSender(String method, String path, String senders) {
        EndpointPaths paths = new EndpointPaths(List.of(Hooks.class));
        assertEquals(senders, paths.sendersAt(method, path).toString());
    }

    @Test
    void requestBelowALocator_mayBeOfAnySenderBehindOne() {
        EndpointPaths paths = new EndpointPaths(List.of(Tree.class, Branch.class));
        assertEquals(List.of("zorio"), paths.sendersAt("POST", "/tree/1/leaf"));
        assertEquals(List.of(), paths.sendersAt("POST", "/tree"));
    }
}
