package org.verifiedwebhook.it.jaxrs;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Ends in every way a resource method can end. Each counts its path. */
@Path("claims")
@VerifiedWebhook("zorio")
public class ClaimHooks {

    @Resource
    ManagedExecutorService executor;

    @POST
    @Path("ok")
    public String ok() {
        Reached.count("ok");
        return "handled";
    }

    @POST
    @Path("no-entity")
    public void noEntity() {
        Reached.count("no-entity");
    }

    @POST
    @Path("long-answer")
    public StreamingOutput longAnswer() {
        Reached.count("long-answer");
        return out -> {
            for (int i = 0; i < 1000; i++) {
                out.write(new byte[1024]);
            }
        };
    }

    @POST
    @Path("client-error")
    public Response clientError() {
        Reached.count("client-error");
        return Response.status(422).entity("no such order").build();
    }

    @POST
    @Path("too-many")
    public Response tooMany() {
        Reached.count("too-many");
        return Response.status(429).build();
    }

    @POST
    @Path("unavailable")
    public Response unavailable() {
        Reached.count("unavailable");
        return Response.status(503).entity("later").build();
    }

    @POST
    @Path("throws")
    public String fails() {
        Reached.count("throws");
        throw new IllegalStateException("on purpose");
    }

    @POST
    @Path("throws-error")
    public String failsBadly() {
        Reached.count("throws-error");
        throw new AssertionError("on purpose");
    }

    @POST
    @Path("unwritable")
    public StreamingOutput unwritable() {
        Reached.count("unwritable");
        return out -> {
            out.write(1);
            throw new IllegalStateException("on purpose");
        };
    }

    @POST
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response) {
        Reached.count("suspended");
        executor.execute(() -> response.resume("handled"));
    }

    @POST
    @Path("suspended-throws")
    public void suspendedFails(@Suspended AsyncResponse response) {
        Reached.count("suspended-throws");
        executor.execute(() -> response.resume(new IllegalStateException("on purpose")));
    }

    @POST
    @Path("stage")
    public CompletionStage<String> stage() {
        Reached.count("stage");
        return CompletableFuture.supplyAsync(() -> "handled", executor);
    }

    @POST
    @Path("stage-throws")
    public CompletionStage<String> stageFails() {
        Reached.count("stage-throws");
        return CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
    }

    @POST
    @Path("copies")
    @VerifiedWebhook(value = "zorio", handleCopies = true)
    public String copies() {
        Reached.count("copies");
        return "handled";
    }
}
