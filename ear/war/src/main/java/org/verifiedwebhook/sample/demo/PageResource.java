package org.verifiedwebhook.sample.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.verifiedwebhook.jpa.DemoMode;

/** Serves the page for people, if the demo switch is on. */
@Path("/")
@RequestScoped
public class PageResource {

    /** No script, nothing from elsewhere, no style but our sheet; the empty icon spares a request. */
    static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    @Inject
    RecentDeliveries deliveries;

    @Inject
    RecentEvents events;

    @Context
    UriInfo uri;

    /** The page. */
    @GET
    public Response page() {
        requireDemo();
        URI base = uri.getBaseUri();
        Examples examples =
                new Examples(base.toString(), Instant.now(), UUID.randomUUID().toString());
        Page page = new Page(base.getRawPath(), examples.list(), deliveries.list(), events.list());
        return headers(Response.ok(page.html(), "text/html;charset=utf-8"));
    }

    /** Its style. */
    @GET
    @Path("page.css")
    public Response style() throws IOException {
        requireDemo();
        try (InputStream in = PageResource.class.getResourceAsStream("page.css")) {
            return headers(Response.ok(in.readAllBytes(), "text/css;charset=utf-8"));
        }
    }

    private static void requireDemo() {
        if (!DemoMode.on()) {
            throw new NotFoundException();
        }
    }

    private static Response headers(Response.ResponseBuilder response) {
        return response.header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
