/**
 * Handles deliveries that the inbox stored: {@link org.verifiedwebhook.inbox.OnWebhook} on a bean's method, and
 * {@link org.verifiedwebhook.inbox.Inbox} for the operator.
 */
package org.verifiedwebhook.inbox;
