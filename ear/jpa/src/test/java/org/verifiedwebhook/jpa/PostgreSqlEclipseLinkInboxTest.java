package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class PostgreSqlEclipseLinkInboxTest extends InboxContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.postgresql();
    }

    @Override
    String provider() {
        return Databases.ECLIPSELINK;
    }
}
