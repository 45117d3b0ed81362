package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class H2HibernateDeliveriesTest extends DeliveryStoreContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.h2();
    }

    @Override
    String provider() {
        return Databases.HIBERNATE;
    }
}
