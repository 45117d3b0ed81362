package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class PostgreSqlHibernateTest extends StoreContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.postgresql();
    }

    @Override
    String provider() {
        return Databases.HIBERNATE;
    }
}
