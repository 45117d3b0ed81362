package org.verifiedwebhook.it.login;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Behind the annotation, in an application with a login. */
@Path("/hook")
@RequestScoped
public class AnnotatedHook {

    @Context
    SecurityContext security;

    @POST
    @VerifiedWebhook("beside")
    public String handle(String body) {
        return "principal=" + security.getUserPrincipal().getName() + " body=" + body;
    }
}
