package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class PostgreSqlEclipseLinkDeliveriesTest extends DeliveryStoreContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.postgresql();
    }

    @Override
    String provider() {
        return Databases.ECLIPSELINK;
    }
}
