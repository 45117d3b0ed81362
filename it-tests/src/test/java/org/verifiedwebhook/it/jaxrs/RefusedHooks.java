package org.verifiedwebhook.it.jaxrs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;
import org.verifiedwebhook.sender.Assurance;

/** Mistakes that stop a deployment. */
public final class RefusedHooks {

    private RefusedHooks() {}

    @Path("misspelt")
    @VerifiedWebhook("zorrio")
    public static class UnknownSender {
        @POST
        public String hook(String body) {
            return body;
        }
    }

    @Path("unsigned")
    @VerifiedWebhook("cloudonix-cdr")
    public static class UnsignedSender {
        @POST
        public String hook(String body) {
            return body;
        }
    }

    @Path("token")
    @VerifiedWebhook(value = "cloudonix-voice", accept = Assurance.SIGNED)
    public static class NeverAsMuch {
        @POST
        public String hook(String body) {
            return body;
        }
    }

    @Path("locator")
    @VerifiedWebhook("zorio")
    public static class AnnotatedRootOfLocator {
        @Path("sub")
        public Object sub() {
            return new Object();
        }
    }

    @Path("annotated-locator")
    @RequestScoped
    public static class AnnotatedLocator {
        @Path("sub")
        @VerifiedWebhook("zorio")
        public Object sub() {
            return new Object();
        }
    }

    @Path("helper")
    @RequestScoped
    public static class AnnotatedHelper {
        @VerifiedWebhook("zorio")
        public String helper() {
            return "";
        }
    }

    /** Looks protected, and no filter would stand before it. */
    @WebServlet("/annotated-servlet")
    @VerifiedWebhook("zorio")
    public static class AnnotatedServletClass extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            Reached.count("annotated-servlet");
        }
    }
}
