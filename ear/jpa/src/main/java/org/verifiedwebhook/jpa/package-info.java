/**
 * Tenants and their secrets kept in a database by JPA.
 *
 * <p>An application brings a persistence unit named {@code webhook} over the data source {@code java:app/jdbc/webhook},
 * and lists in it the classes {@code org.verifiedwebhook.jpa.Tenant}, {@code StoredSecret}, {@code StoredDelivery},
 * {@code StoredEvent} and {@code InstantConverter}.
 * The tables are made and kept up to date when the application starts. Its own migration scripts, if it has some, stand
 * in {@code META-INF/webhook-migrations} and run after these, with a history of their own.
 *
 * <p>Settings, looked up like all others: {@code webhook/jpa/key} and {@code webhook/jpa/key-previous} (the master keys),
 * {@code webhook/h2/path}, and those of {@link org.verifiedwebhook.jpa.ConfiguredDataSource}.
 */
package org.verifiedwebhook.jpa;
