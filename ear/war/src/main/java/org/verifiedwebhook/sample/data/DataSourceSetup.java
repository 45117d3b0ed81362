package org.verifiedwebhook.sample.data;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The sample's data source; settings say which database it is. No connection is opened in advance, so that a pool over a
 * small database stays small. The {@code fish.payara} properties let Payara replace a connection that the database has
 * closed before it is used, and wait two seconds for one instead of a minute, which is longer than any sender waits;
 * other servers ignore them.
 */
@DataSourceDefinition(
        name = "java:app/jdbc/webhook",
        className = "org.verifiedwebhook.jpa.ConfiguredDataSource",
        initialPoolSize = 0,
        minPoolSize = 0,
        maxPoolSize = 20,
        properties = {
            "settings=webhook/jpa",
            "fish.payara.max-wait-time-in-millis=2000",
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation"
        })
@ApplicationScoped
class DataSourceSetup {}
