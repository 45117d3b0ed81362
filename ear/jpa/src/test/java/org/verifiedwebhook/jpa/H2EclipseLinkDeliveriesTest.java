package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class H2EclipseLinkDeliveriesTest extends DeliveryStoreContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.h2();
    }

    @Override
    String provider() {
        return Databases.ECLIPSELINK;
    }
}
