package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class PostgreSqlHibernateDeliveriesTest extends DeliveryStoreContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.postgresql();
    }

    @Override
    String provider() {
        return Databases.HIBERNATE;
    }
}
