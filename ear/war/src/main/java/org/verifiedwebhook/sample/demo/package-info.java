/**
 * The page for people, with the demo secrets and the last deliveries. All of it is behind {@link
 * org.verifiedwebhook.jpa.DemoMode}: without the switch nothing is recorded and nothing is served.
 */
package org.verifiedwebhook.sample.demo;
