package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class PostgreSqlEclipseLinkTest extends StoreContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.postgresql();
    }

    @Override
    String provider() {
        return Databases.ECLIPSELINK;
    }
}
