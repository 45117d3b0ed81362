package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.verifiedwebhook.sender.Assurance;

/**
 * Lets a request reach a JAX-RS resource method only if it is what its sender sent.
 *
 * <p>On a class it holds for all resource methods; on a method it holds for that one and wins over the class. Also read
 * from interfaces and superclasses, and from annotations of the application's own that carry it. The body is verified
 * as raw bytes before any of it is bound.
 *
 * <p>The resource must be a CDI bean or an EJB, so that a guard can stand in front of its methods even where JAX-RS is
 * told to ignore this library; the deployment fails otherwise. On a class this annotation makes it a bean; a class with
 * the annotation on a method only needs a scope of its own, {@code @RequestScoped} for instance.
 *
 * <p>Not for sub-resource locators: they run before anything can be verified. Annotate the sub-resource instead. Nor for
 * servlets or anything else that JAX-RS does not call: that stops the deployment; map the servlet filter to them.
 */
@Documented
@Inherited
@Stereotype
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface VerifiedWebhook {

    /** The sender's name: a built-in one, or that of a file {@code META-INF/webhook-senders/<name>.json}. */
    String value();

    /**
     * The weakest assurance this endpoint accepts. {@link Assurance#IDENTIFIED} must be asked for here, or an unsigned
     * sender stops the deployment: anybody can send such requests.
     */
    Assurance accept() default Assurance.TOKEN;

    /**
     * Whether copies of a delivery are handled too. By default a copy is answered as the first one was, without the
     * resource.
     */
    boolean handleCopies() default false;
}
