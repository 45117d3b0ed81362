package org.verifiedwebhook.it.jaxrs;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** A servlet, which CDI does not know of, with the annotation on a method that JAX-RS does not see. */
@WebServlet("/r/annotated-servlet")
public class AnnotatedServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    @VerifiedWebhook("zorio")
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        Reached.count("annotated-servlet");
    }
}
