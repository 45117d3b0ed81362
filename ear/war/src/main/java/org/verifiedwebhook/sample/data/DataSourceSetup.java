package org.verifiedwebhook.sample.data;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The sample's data source; settings say which database it is. No connection is opened in advance, so that a pool over a
 * small database stays small. Broken connections replace themselves. The {@code fish.payara} property lets Payara wait a
 * second for a free one instead of a minute, which is longer than any sender waits; other servers ignore it.
 */
@DataSourceDefinition(
        name = "java:app/jdbc/webhook",
        className = "org.verifiedwebhook.jpa.ConfiguredDataSource",
        initialPoolSize = 0,
        minPoolSize = 0,
        maxPoolSize = 20,
        properties = {"settings=webhook/jpa", "fish.payara.max-wait-time-in-millis=1000"})
@ApplicationScoped
class DataSourceSetup {}
