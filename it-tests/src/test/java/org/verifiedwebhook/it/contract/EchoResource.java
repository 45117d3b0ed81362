package org.verifiedwebhook.it.contract;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;
import org.verifiedwebhook.sender.Assurance;

/** Behind the annotation. */
@Path("/hooks")
@Produces("text/plain;charset=UTF-8")
@RequestScoped
public class EchoResource {

    @Inject
    WebhookDelivery delivery;

    @Context
    SecurityContext security;

    @Resource
    ManagedExecutorService executor;

    private String echo(byte[] body) {
        return Echo.handle(delivery, body, security.getUserPrincipal());
    }

    @POST
    @Path("/edgvoip")
    @VerifiedWebhook("edgvoip")
    public String edgvoip(byte[] body) {
        return echo(body);
    }

    @POST
    @Path("/chaindoc")
    @VerifiedWebhook("chaindoc")
    public String chaindoc(byte[] body) {
        return echo(body);
    }

    @POST
    @Path("/chaindoc-v2")
    @VerifiedWebhook("chaindoc-v2")
    public String chaindocV2(byte[] body) {
        return echo(body);
    }

    @POST
    @Path("/chaindoc-v2/without-entity")
    @VerifiedWebhook("chaindoc-v2")
    public void withoutEntity(byte[] body) {
        echo(body);
    }

    @POST
    @Path("/chaindoc-v2/suspended")
    @VerifiedWebhook("chaindoc-v2")
    public void suspended(byte[] body, @Suspended AsyncResponse response) {
        String echo = echo(body);
        executor.execute(() -> response.resume(echo));
    }

    @POST
    @Path("/chaindoc-v2/stage")
    @VerifiedWebhook("chaindoc-v2")
    public CompletionStage<String> stage(byte[] body) {
        String echo = echo(body);
        return CompletableFuture.supplyAsync(() -> echo, executor);
    }

    @POST
    @Path("/chaindoc-v2/streamed")
    @VerifiedWebhook("chaindoc-v2")
    public StreamingOutput streamed(byte[] body) {
        String echo = echo(body);
        return out -> {
            out.write(echo.getBytes(StandardCharsets.UTF_8));
            out.flush();
            out.close();
        };
    }

    @POST
    @Path("/cloudonix-status")
    @VerifiedWebhook("cloudonix-status")
    public String status(byte[] body) {
        return echo(body);
    }

    @POST
    @Path("/cloudonix-voice")
    @VerifiedWebhook("cloudonix-voice")
    public String voice(byte[] body) {
        return echo(body);
    }

    @POST
    @Path("/cloudonix-cdr")
    @VerifiedWebhook(value = "cloudonix-cdr", accept = Assurance.IDENTIFIED)
    public String cdr(byte[] body) {
        return echo(body);
    }

    @POST
    @Path("/zorio")
    @VerifiedWebhook("zorio")
    public String zorio(byte[] body) {
        return echo(body);
    }

    @POST
    @Path("/strict")
    @VerifiedWebhook("strict")
    public String strict(byte[] body) {
        return echo(body);
    }

    @GET
    @Path("/signalwire")
    @VerifiedWebhook("signalwire")
    public String signalwireUrl() {
        return echo(delivery.rawBody());
    }

    @POST
    @Path("/signalwire")
    @Consumes("application/x-www-form-urlencoded")
    @VerifiedWebhook("signalwire")
    public String signalwireForm(@FormParam("From") String from) {
        return echo(delivery.rawBody()) + " from=" + from;
    }

    @POST
    @Path("/signalwire")
    @Consumes("application/json")
    @VerifiedWebhook("signalwire")
    public String signalwireJson(byte[] body) {
        return echo(body);
    }
}
