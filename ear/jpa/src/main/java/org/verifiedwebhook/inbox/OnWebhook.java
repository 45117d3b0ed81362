package org.verifiedwebhook.inbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Handles deliveries of a sender that are in the inbox. On a public method of a CDI bean with one parameter, a
 * {@link WebhookEvent}:
 *
 * <pre>{@code
 * @OnWebhook(sender = "edgvoip", type = "call.*")
 * public void call(WebhookEvent<Call> event) { ... }
 * }</pre>
 *
 * <p>The method runs on a thread of the server, in a transaction that also says the delivery is done: what it writes to
 * the database of the inbox is committed once. Everything else it does may happen again, if it throws or the server stops:
 * at least once. To throw is to ask for another attempt, later.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnWebhook {

    /** The sender's name. */
    String sender();

    /**
     * The event type; <code>call.*</code> is every one that begins with <code>call.</code>, <code>*</code> is everything,
     * also what has no type. The most specific one is called, and no other.
     */
    String type() default "*";
}
