package org.verifiedwebhook.it.inline;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Handlers that write and then fare differently. The query says what to write: these senders sign the body alone. */
@Path("inline")
@RequestScoped
public class InlineHooks {

    @Inject
    Effects effects;

    @Inject
    OuterEffects outer;

    @EJB
    EffectBean bean;

    @Inject
    UserTransaction transaction;

    @QueryParam("name")
    String name;

    @POST
    @Path("plain")
    @VerifiedWebhook("edgvoip")
    public String plain() {
        effects.write(name);
        return "wrote " + name;
    }

    @POST
    @Path("empty")
    @VerifiedWebhook("edgvoip")
    public void empty() {
        effects.write(name);
    }

    @POST
    @Path("throws-first")
    @VerifiedWebhook("edgvoip")
    public String throwsFirst() {
        effects.write(name);
        if (effects.first(name)) {
            throw new IllegalStateException("on purpose");
        }
        return "wrote " + name;
    }

    @POST
    @Path("refuses-first")
    @VerifiedWebhook("edgvoip")
    public Response refusesFirst() {
        effects.write(name);
        return effects.first(name)
                ? Response.status(500).entity("on purpose").build()
                : Response.ok("wrote").build();
    }

    @POST
    @Path("transactional")
    @VerifiedWebhook("edgvoip")
    public String transactional() {
        effects.writeTransactionally(name);
        return "wrote " + name;
    }

    @POST
    @Path("nested")
    @VerifiedWebhook("edgvoip")
    public String nested() {
        outer.write(name);
        return "wrote " + name;
    }

    @POST
    @Path("bean")
    @VerifiedWebhook("edgvoip")
    public String enterpriseBean() {
        bean.write(name);
        return "wrote " + name;
    }

    /** Says 200 though its transaction can only be rolled back. */
    @POST
    @Path("rollback-only")
    @VerifiedWebhook("edgvoip")
    public String rollbackOnly() {
        try {
            effects.writeAndFail(name);
        } catch (RuntimeException e) {
            return "all is well";
        }
        return "did not fail";
    }

    /** Whether this thread has a transaction left over from another request: 6 is none. */
    @GET
    @Path("status")
    public int status() throws Exception {
        return transaction.getStatus();
    }
}
