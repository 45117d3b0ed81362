/** Tenants, secrets and deliveries kept in a database by JPA. */
package org.verifiedwebhook.jpa;
